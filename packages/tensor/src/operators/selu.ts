import { mapUnary } from '../kernels/elementwise.js';
import { floatAttribute } from '../kernels/numbers.js';
import { defineOperator, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { add } from './add.js';
import { greater } from './greater.js';
import { mul } from './mul.js';
import { where } from './where.js';
import { inferFloating } from './families/elementwise.js';

/**
 * `gamma * elu(x, alpha)`; with the default constants, activations keep mean 0 and variance 1 (Klambauer et al., 2017).
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). ONNX:
 * [Selu-6](https://onnx.ai/onnx/operators/onnx__Selu.html).
 */
export function selu(x: Tensor, alpha = 1.6732632423543772, gamma = 1.0507009873554805): Tensor {
  return makeTensor(seluOperator, [x], { alpha, gamma });
}

export const seluOperator = defineOperator<{ readonly alpha: number; readonly gamma: number }, Unary>({
  name: 'Selu',
  infer: ([x]) => inferFloating('Selu', x),
  gradient: (g, y, [x], { alpha, gamma }) => [
    where(greater(x, 0), mul(g, gamma), mul(g, add(y, gamma * alpha))),
  ],
  evaluate: ([x], { alpha, gamma }, output) => {
    const a = floatAttribute(alpha, output.dtype);
    const c = floatAttribute(gamma, output.dtype);
    return mapUnary((v) => c * (v < 0 ? a * Math.expm1(v) : v), x, output);
  },
  onnx: {
    attributes: { alpha: 'float', gamma: 'float' },
    defaults: { alpha: 1.6732632423543772, gamma: 1.0507009873554805 },
  },
});
