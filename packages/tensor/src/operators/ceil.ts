import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Smallest integer not below each element. Its derivative is 0 everywhere.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX: [Ceil-13](https://onnx.ai/onnx/operators/onnx__Ceil.html).
 */
export function ceil(x: Tensor): Tensor {
  return makeTensor(ceilOperator, [x], {});
}

export const ceilOperator = defineOperator<NoAttributes, Unary>({
  name: 'Ceil',
  infer: ([x]) => inferFloating('Ceil', x),
  gradient: () => [null],
  evaluate: ([x], _, output) => mapUnary(Math.ceil, x, output),
  onnx: {},
});
