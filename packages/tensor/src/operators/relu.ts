import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { greater } from './greater.js';
import { where } from './where.js';
import { inferFloating } from './families/elementwise.js';

/**
 * The larger of each element and 0. The derivative at 0 is taken as 0.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX: [Relu-14](https://onnx.ai/onnx/operators/onnx__Relu.html).
 */
export function relu(x: Tensor): Tensor {
  return makeTensor(reluOperator, [x], {});
}

export const reluOperator = defineOperator<NoAttributes, Unary>({
  name: 'Relu',
  infer: ([x]) => inferFloating('Relu', x),
  gradient: (g, _, [x]) => [where(greater(x, 0), g, 0)],
  evaluate: ([x], _, output) => mapUnary((v) => Math.max(v, 0), x, output),
  onnx: {},
});
