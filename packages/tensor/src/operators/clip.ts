import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { and } from './and.js';
import { greaterOrEqual } from './greater-or-equal.js';
import { lessOrEqual } from './less-or-equal.js';
import { where } from './where.js';
import { inferNumeric } from './families/elementwise.js';
import { lift } from './families/operands.js';

/**
 * Each element, not below `low` and not above `high` (either may be infinite).
 *
 * Any shape, any dtype but bool (`GANYMEDE_DTYPE`). The gradient passes where `low <= x <= high`, bounds included. ONNX:
 * [Clip-13](https://onnx.ai/onnx/operators/onnx__Clip.html).
 */
export function clip(x: Tensor, low: number, high: number): Tensor {
  if (x.dtype !== 'float32' && x.dtype !== 'float64') {
    lift('Clip', low, x.dtype);
    lift('Clip', high, x.dtype);
  }
  return makeTensor(clipOperator, [x], { min: low, max: high });
}

export const clipOperator = defineOperator<{ readonly min: number; readonly max: number }, Unary>({
  name: 'Clip',
  infer: ([x]) => inferNumeric('Clip', x),
  gradient: (g, _, [x], { min, max }) => {
    if (min === -Infinity && max === Infinity) return [g];
    if (min === -Infinity) return [where(lessOrEqual(x, max), g, 0)];
    if (max === Infinity) return [where(greaterOrEqual(x, min), g, 0)];
    return [where(and(greaterOrEqual(x, min), lessOrEqual(x, max)), g, 0)];
  },
  evaluate: ([x], { min, max }, output) => mapUnary((v) => Math.min(Math.max(v, min), max), x, output),
  onnx: {
    operands: [
      { name: 'min', kind: 'float' },
      { name: 'max', kind: 'float' },
    ],
    defaults: { min: -Infinity, max: Infinity },
  },
});
