import type { LossRow, LossTerm } from '@ganymede/testing';
import type { DivergenceName } from './divergences/index.js';
import { fGan } from './f-gan.js';
import {
  exponential,
  falling,
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

const E40 = Math.exp(40);
/** exp(f/2). */
const rootExponential = exponential(0.5, E40);
/** exp(f − 1). */
const shifted = side((f) => [Math.exp(f - 1), Math.exp(f - 1)], [0, 0], [Math.exp(79), Math.exp(79)]);
const tangent = side((f): LossTerm => [Math.tanh(f) / 2, (1 - Math.tanh(f) ** 2) / 2], [-0.5, 0], [0.5, 0]);

/** What a divergence makes of real logits and of generated ones; the practical generator pays what real logits do. */
interface Bound {
  readonly name: DivergenceName;
  readonly alpha?: number;
  readonly real: Side;
  readonly fake: Side;
}

const bounds: readonly Bound[] = [
  { name: 'kl', real: falling, fake: shifted },
  { name: 'reverse-kl', real: mirrored(exponential()), fake: scaled(rising, 1, -1) },
  {
    name: 'pearson',
    real: falling,
    fake: side((f) => [f ** 2 / 4 + f, f / 2 + 1], [1520, -39], [1680, 41]),
  },
  {
    name: 'neyman',
    real: scaled(mirrored(exponential()), 1, -1),
    fake: scaled(mirrored(rootExponential), -2, 2),
  },
  {
    name: 'squared-hellinger',
    real: scaled(mirrored(exponential()), 1, -1),
    fake: scaled(exponential(), 1, -1),
  },
  { name: 'jensen-shannon', real: scaled(sure, 1, -Math.LN2), fake: scaled(unsure, 1, -Math.LN2) },
  {
    name: 'jeffrey',
    real: scaled(sum(mirrored(exponential()), falling), 1, -1),
    fake: scaled(sum(exponential(), rising), 1, -1),
  },
  { name: 'total-variation', real: mirrored(tangent), fake: tangent },
  {
    name: 'alpha',
    alpha: 0.5,
    real: scaled(mirrored(rootExponential), 2, -2),
    fake: scaled(rootExponential, 2, -2),
  },
  {
    name: 'alpha',
    alpha: 2,
    real: falling,
    fake: side((f) => [(Math.max(0, f + 1) ** 2 - 1) / 2, Math.max(0, f + 1)], [-0.5, 0], [3280, 81]),
  },
  {
    name: 'alpha',
    alpha: 1.5,
    real: falling,
    fake: side(
      (f) => [(Math.max(0, f / 2 + 1) ** 3 - 1) / 1.5, Math.max(0, f / 2 + 1) ** 2],
      [-2 / 3, 0],
      [68_920 / 1.5, 1681],
    ),
  },
  {
    name: 'alpha',
    alpha: -1,
    real: scaled(mirrored(exponential()), 0.5, -0.5),
    fake: scaled(mirrored(rootExponential), -1, 1),
  },
];

/** Both sides of each divergence's bound, at its output activation. */
export const fGanRows: readonly LossRow[] = [
  ...bounds.map(({ name, alpha, real, fake }) =>
    lossRow(
      alpha === undefined ? `fGan, ${name}` : `fGan, ${name} ${alpha}`,
      () => fGan({ divergence: name, ...(alpha === undefined ? {} : { alpha }) }),
      { real, fake, generator: real },
    ),
  ),
  lossRow('fGan, kl with the exact generator', () => fGan({ divergence: 'kl', generator: 'exact' }), {
    real: falling,
    fake: shifted,
    generator: scaled(shifted, -1),
  }),
  lossRow('fGan, gan', () => fGan({ divergence: 'gan', generator: 'exact' }), {
    real: sure,
    fake: unsure,
    generator: scaled(unsure, -1),
  }),
];
