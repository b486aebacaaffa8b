import type { LossRow } from '@ganymede/testing';
import { fGanRows } from './f-gan.table.js';
import { hinge } from './hinge.js';
import { leastSquares } from './least-squares.js';
import { lipschitzRows } from './lipschitz.table.js';
import { minimax } from './minimax.js';
import { nonSaturating } from './non-saturating.js';
import {
  falling,
  hinged,
  lossRow,
  mirrored,
  rising,
  type Side,
  scaled,
  side,
  sum,
  sure,
  unsure,
} from './sides.table.js';
import { smoothedLabels } from './smoothed-labels.js';
import { wasserstein } from './wasserstein.js';

/** ½ (f − 1)². */
const nearOne: Side = side((f) => [(f - 1) ** 2 / 2, f - 1], [3280.5, -81], [3120.5, 79]);
/** ½ f². */
const nearZero: Side = side((f) => [f ** 2 / 2, f], [3200, -80], [3200, 80]);
/** Cross-entropy of a label t: softplus(f) − t f. */
const labelled = (t: number): Side => sum(unsure, scaled(falling, t));

/** One row per loss, or per way to use it. A new loss is a new row here. */
export const lossTable: readonly LossRow[] = [
  lossRow('minimax', () => minimax(), { real: sure, fake: unsure, generator: scaled(unsure, -1) }),
  lossRow('nonSaturating', () => nonSaturating(), { real: sure, fake: unsure, generator: sure }),
  lossRow('smoothedLabels', () => smoothedLabels({ real: 0.9, fake: 0.1 }), {
    real: labelled(0.9),
    fake: labelled(0.1),
    generator: sure,
  }),
  lossRow('leastSquares', () => leastSquares(), { real: nearOne, fake: nearZero, generator: nearOne }),
  lossRow('leastSquares, Pearson coding', () => leastSquares({ a: -1, b: 1, c: 0 }), {
    real: nearOne,
    fake: mirrored(nearOne),
    generator: nearZero,
  }),
  lossRow('hinge', () => hinge(), { real: mirrored(hinged(1)), fake: hinged(1), generator: falling }),
  lossRow('wasserstein', () => wasserstein(), { real: falling, fake: rising, generator: falling }),
  ...lipschitzRows,
  ...fGanRows,
];
