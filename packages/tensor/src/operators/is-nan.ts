import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { requireFloating } from './families/elementwise.js';

/**
 * Whether each element is not a number.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`); the result is bool. ONNX:
 * [IsNaN-13](https://onnx.ai/onnx/operators/onnx__IsNaN.html).
 */
export function isNaN(x: Tensor): Tensor {
  return makeTensor(isNaNOperator, [x], {});
}

export const isNaNOperator = defineOperator<NoAttributes, Unary>({
  name: 'IsNaN',
  infer: ([x]) => {
    requireFloating('IsNaN', x);
    return { dtype: 'bool', shape: x.shape };
  },
  gradient: () => [null],
  evaluate: ([x], _, output) => mapUnary((v) => Number(Number.isNaN(v)), x, output),
  onnx: {},
});
