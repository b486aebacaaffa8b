import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { mul } from './mul.js';
import { sinh } from './sinh.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Hyperbolic cosine of each element.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX:
 * [Cosh-9](https://onnx.ai/onnx/operators/onnx__Cosh.html).
 */
export function cosh(x: Tensor): Tensor {
  return makeTensor(coshOperator, [x], {});
}

export const coshOperator = defineOperator<NoAttributes, Unary>({
  name: 'Cosh',
  infer: ([x]) => inferFloating('Cosh', x),
  gradient: (g, _, [x]) => [mul(g, sinh(x))],
  evaluate: ([x], _, output) => mapUnary(Math.cosh, x, output),
  onnx: {},
});
