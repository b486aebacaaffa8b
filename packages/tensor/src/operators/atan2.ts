import type { Tensor } from '../tensor.js';
import { abs } from './abs.js';
import { add } from './add.js';
import { constant } from './constant.js';
import { neg } from './neg.js';
import { atan } from './atan.js';
import { div } from './div.js';
import { equal } from './equal.js';
import { greaterOrEqual } from './greater-or-equal.js';
import { less } from './less.js';
import { mul } from './mul.js';
import { sub } from './sub.js';
import { where } from './where.js';
import { requireFloating } from './families/elementwise.js';

/**
 * The angle of the point `(x, y)` in radians, from -pi to pi, in all four quadrants; 0 at the origin. Composite: atan of the
 * smaller over the larger coordinate, so that nothing overflows.
 *
 * Operands broadcast (`GANYMEDE_SHAPE`) and have one dtype, float32 or float64 (`GANYMEDE_DTYPE`).
 */
export function atan2(y: Tensor, x: Tensor): Tensor {
  requireFloating('atan2', y, x);
  const steep = less(abs(x), abs(y));
  // At the origin the quotient is 0 / 1; elsewhere the larger coordinate divides.
  const larger = where(steep, y, x);
  const angle = atan(div(where(steep, x, y), where(equal(larger, 0), 1, larger)));
  const straight = constant(Math.PI, y.dtype);
  const half = where(greaterOrEqual(y, 0), straight, neg(straight));
  const flat = where(less(x, 0), add(angle, half), angle);
  return where(steep, sub(mul(half, 0.5), angle), flat);
}
