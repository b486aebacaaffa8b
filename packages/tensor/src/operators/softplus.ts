import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { mul } from './mul.js';
import { sigmoid } from './sigmoid.js';
import { inferFloating } from './families/elementwise.js';

/**
 * log(1 + exp(x)) of each element, computed without overflow. `softplus(-x)` is the cross-entropy of a logit with label
 * 1.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX:
 * [Softplus-1](https://onnx.ai/onnx/operators/onnx__Softplus.html).
 */
export function softplus(x: Tensor): Tensor {
  return makeTensor(softplusOperator, [x], {});
}

export const softplusOperator = defineOperator<NoAttributes, Unary>({
  name: 'Softplus',
  infer: ([x]) => inferFloating('Softplus', x),
  gradient: (g, _, [x]) => [mul(g, sigmoid(x))],
  evaluate: ([x], _, output) =>
    mapUnary((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), x, output),
  onnx: {},
});
