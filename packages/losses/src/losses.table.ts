import type { LossRow, LossTerm } from '@ganymede/testing';
import { hinge } from './hinge.js';
import { leastSquares } from './least-squares.js';
import { minimax } from './minimax.js';
import { nonSaturating } from './non-saturating.js';
import { wasserstein } from './wasserstein.js';

const sigmoid = (f: number): number => (f < 0 ? Math.exp(f) / (1 + Math.exp(f)) : 1 / (1 + Math.exp(-f)));
/** −log σ(f) and its derivative. */
const sure = (f: number): LossTerm => [Math.max(-f, 0) + Math.log1p(Math.exp(-Math.abs(f))), -sigmoid(-f)];
/** −log(1 − σ(f)) and its derivative. */
const unsure = (f: number): LossTerm => [Math.max(f, 0) + Math.log1p(Math.exp(-Math.abs(f))), sigmoid(f)];
const half =
  (target: number) =>
  (f: number): LossTerm => [(f - target) ** 2 / 2, f - target];
const negated = ([value, slope]: LossTerm): LossTerm => [-value, -slope];

/** One row per loss. A new loss is a new row here. */
export const lossTable: readonly LossRow[] = [
  {
    name: 'minimax',
    create: () => minimax(),
    real: sure,
    fake: unsure,
    generator: (f) => negated(unsure(f)),
    limits: {
      real: [
        [80, -1],
        [0, 0],
      ],
      fake: [
        [0, 0],
        [80, 1],
      ],
      generator: [
        [0, 0],
        [-80, -1],
      ],
    },
  },
  {
    name: 'nonSaturating',
    create: () => nonSaturating(),
    real: sure,
    fake: unsure,
    generator: sure,
    limits: {
      real: [
        [80, -1],
        [0, 0],
      ],
      fake: [
        [0, 0],
        [80, 1],
      ],
      generator: [
        [80, -1],
        [0, 0],
      ],
    },
  },
  {
    name: 'leastSquares',
    create: () => leastSquares(),
    real: half(1),
    fake: half(0),
    generator: half(1),
    limits: {
      real: [
        [3280.5, -81],
        [3120.5, 79],
      ],
      fake: [
        [3200, -80],
        [3200, 80],
      ],
      generator: [
        [3280.5, -81],
        [3120.5, 79],
      ],
    },
  },
  {
    name: 'leastSquares, Pearson coding',
    create: () => leastSquares({ a: -1, b: 1, c: 0 }),
    real: half(1),
    fake: half(-1),
    generator: half(0),
    limits: {
      real: [
        [3280.5, -81],
        [3120.5, 79],
      ],
      fake: [
        [3120.5, -79],
        [3280.5, 81],
      ],
      generator: [
        [3200, -80],
        [3200, 80],
      ],
    },
  },
  {
    name: 'hinge',
    create: () => hinge(),
    real: (f) => [Math.max(0, 1 - f), f < 1 ? -1 : 0],
    fake: (f) => [Math.max(0, 1 + f), f > -1 ? 1 : 0],
    generator: (f) => [-f, -1],
    limits: {
      real: [
        [81, -1],
        [0, 0],
      ],
      fake: [
        [0, 0],
        [81, 1],
      ],
      generator: [
        [80, -1],
        [-80, -1],
      ],
    },
  },
  {
    name: 'wasserstein',
    create: () => wasserstein(),
    real: (f) => [-f, -1],
    fake: (f) => [f, 1],
    generator: (f) => [-f, -1],
    limits: {
      real: [
        [80, -1],
        [-80, -1],
      ],
      fake: [
        [-80, 1],
        [80, 1],
      ],
      generator: [
        [80, -1],
        [-80, -1],
      ],
    },
  },
];
