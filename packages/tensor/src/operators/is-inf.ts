import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { requireFloating } from './families/elementwise.js';

/** Options of {@link isInf}. */
export interface IsInfOptions {
  /** Whether infinity counts. @defaultValue true */
  readonly positive?: boolean;
  /** Whether minus infinity counts. @defaultValue true */
  readonly negative?: boolean;
}

/**
 * Whether each element is infinite.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`); the result is bool. ONNX:
 * [IsInf-10](https://onnx.ai/onnx/operators/onnx__IsInf.html).
 */
export function isInf(x: Tensor, { positive = true, negative = true }: IsInfOptions = {}): Tensor {
  return makeTensor(isInfOperator, [x], {
    detect_negative: negative ? 1 : 0,
    detect_positive: positive ? 1 : 0,
  });
}

type IsInfAttributes = { readonly detect_negative: 0 | 1; readonly detect_positive: 0 | 1 };

export const isInfOperator = defineOperator<IsInfAttributes, Unary>({
  name: 'IsInf',
  infer: ([x]) => {
    requireFloating('IsInf', x);
    return { dtype: 'bool', shape: x.shape };
  },
  gradient: () => [null],
  evaluate: ([x], { detect_negative, detect_positive }, output) =>
    mapUnary((v) => (v === Infinity ? detect_positive : v === -Infinity ? detect_negative : 0), x, output),
  onnx: {
    attributes: { detect_negative: 'int', detect_positive: 'int' },
    defaults: { detect_negative: 1, detect_positive: 1 },
  },
});
