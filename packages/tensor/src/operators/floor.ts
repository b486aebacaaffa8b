import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Largest integer not above each element. Its derivative is 0 everywhere.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX: [Floor-13](https://onnx.ai/onnx/operators/onnx__Floor.html).
 */
export function floor(x: Tensor): Tensor {
  return makeTensor(floorOperator, [x], {});
}

export const floorOperator = defineOperator<NoAttributes, Unary>({
  name: 'Floor',
  infer: ([x]) => inferFloating('Floor', x),
  gradient: () => [null],
  evaluate: ([x], _, output) => mapUnary(Math.floor, x, output),
  onnx: {},
});
