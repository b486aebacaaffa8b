import type { LossRow } from '@ganymede/testing';
import { lipschitz } from './lipschitz.js';
import {
  exponential,
  falling,
  hinged,
  lossRow,
  mirrored,
  type Side,
  side,
  sure,
  unsure,
} from './sides.table.js';

const R = Math.sqrt(6401);
/** x + √(x² + 1); the quotient keeps its digits where x is negative. */
const root: Side = side(
  (x) => {
    const r = Math.sqrt(x * x + 1);
    return [x < 0 ? 1 / (r - x) : x + r, 1 + x / r];
  },
  [R - 80, 1 - 80 / R],
  [R + 80, 1 + 80 / R],
);

/** The Lipschitz losses: what φ pays, and its mirror. */
export const lipschitzRows: readonly LossRow[] = [
  lossRow('lipschitz, exp', () => lipschitz({ phi: 'exp' }), {
    real: mirrored(exponential()),
    fake: exponential(),
    generator: falling,
  }),
  lossRow('lipschitz, sqrt', () => lipschitz({ phi: 'sqrt', generator: 'phi' }), {
    real: mirrored(root),
    fake: root,
    generator: mirrored(root),
  }),
  lossRow('lipschitz, log-sigmoid', () => lipschitz(), { real: sure, fake: unsure, generator: falling }),
  lossRow('lipschitz, hinge', () => lipschitz({ phi: 'hinge', alpha: 2, generator: 'phi' }), {
    real: mirrored(hinged(2)),
    fake: hinged(2),
    generator: mirrored(hinged(2)),
  }),
];
