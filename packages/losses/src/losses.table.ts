import type { LossRow, LossTerm } from '@ganymede/testing';
import { fGan } from './f-gan.js';
import { hinge } from './hinge.js';
import { leastSquares } from './least-squares.js';
import { lipschitz } from './lipschitz.js';
import { minimax } from './minimax.js';
import { nonSaturating } from './non-saturating.js';
import { smoothedLabels } from './smoothed-labels.js';
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

/** Both terms of a critic that is simply right or wrong. */
const linear =
  (sign: number) =>
  (f: number): LossTerm => [sign * f, sign];
/** x + √(x² + 1) and its derivative; the quotient keeps its digits where x is negative. */
const root = (x: number): LossTerm => [
  x < 0 ? 1 / (Math.sqrt(x * x + 1) - x) : x + Math.sqrt(x * x + 1),
  1 + x / Math.sqrt(x * x + 1),
];
/** What φ pays for −f, from what it pays for f. */
const mirrored =
  (phi: (f: number) => LossTerm) =>
  (f: number): LossTerm => [phi(-f)[0], -phi(-f)[1]];
const R = Math.sqrt(6401);
const [E40, E79, E80] = [Math.exp(40), Math.exp(79), Math.exp(80)];

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
  {
    name: 'smoothedLabels',
    create: () => smoothedLabels({ real: 0.9, fake: 0.1 }),
    real: (f) => [unsure(f)[0] - 0.9 * f, unsure(f)[1] - 0.9],
    fake: (f) => [unsure(f)[0] - 0.1 * f, unsure(f)[1] - 0.1],
    generator: sure,
    limits: {
      real: [
        [72, -0.9],
        [8, 0.1],
      ],
      fake: [
        [8, -0.1],
        [72, 0.9],
      ],
      generator: [
        [80, -1],
        [0, 0],
      ],
    },
  },
  {
    name: 'lipschitz, exp',
    create: () => lipschitz({ phi: 'exp' }),
    real: (f) => [Math.exp(-f), -Math.exp(-f)],
    fake: (f) => [Math.exp(f), Math.exp(f)],
    generator: linear(-1),
    limits: {
      real: [
        [E80, -E80],
        [0, 0],
      ],
      fake: [
        [0, 0],
        [E80, E80],
      ],
      generator: [
        [80, -1],
        [-80, -1],
      ],
    },
  },
  {
    name: 'lipschitz, sqrt',
    create: () => lipschitz({ phi: 'sqrt', generator: 'phi' }),
    real: mirrored(root),
    fake: root,
    generator: mirrored(root),
    limits: {
      real: [
        [R + 80, -1 - 80 / R],
        [R - 80, 80 / R - 1],
      ],
      fake: [
        [R - 80, 1 - 80 / R],
        [R + 80, 1 + 80 / R],
      ],
      generator: [
        [R + 80, -1 - 80 / R],
        [R - 80, 80 / R - 1],
      ],
    },
  },
  {
    name: 'lipschitz, log-sigmoid',
    create: () => lipschitz(),
    real: sure,
    fake: unsure,
    generator: linear(-1),
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
        [-80, -1],
      ],
    },
  },
  {
    name: 'lipschitz, hinge',
    create: () => lipschitz({ phi: 'hinge', alpha: 2, generator: 'phi' }),
    real: (f) => [Math.max(0, 2 - f), f < 2 ? -1 : 0],
    fake: (f) => [Math.max(0, 2 + f), f > -2 ? 1 : 0],
    generator: (f) => [Math.max(0, 2 - f), f < 2 ? -1 : 0],
    limits: {
      real: [
        [82, -1],
        [0, 0],
      ],
      fake: [
        [0, 0],
        [82, 1],
      ],
      generator: [
        [82, -1],
        [0, 0],
      ],
    },
  },
  {
    name: 'fGan, kl',
    create: () => fGan({ divergence: 'kl' }),
    real: linear(-1),
    fake: (f) => [Math.exp(f - 1), Math.exp(f - 1)],
    generator: linear(-1),
    limits: {
      real: [
        [80, -1],
        [-80, -1],
      ],
      fake: [
        [0, 0],
        [E79, E79],
      ],
      generator: [
        [80, -1],
        [-80, -1],
      ],
    },
  },
  {
    name: 'fGan, kl with the exact generator',
    create: () => fGan({ divergence: 'kl', generator: 'exact' }),
    real: linear(-1),
    fake: (f) => [Math.exp(f - 1), Math.exp(f - 1)],
    generator: (f) => [-Math.exp(f - 1), -Math.exp(f - 1)],
    limits: {
      real: [
        [80, -1],
        [-80, -1],
      ],
      fake: [
        [0, 0],
        [E79, E79],
      ],
      generator: [
        [0, 0],
        [-E79, -E79],
      ],
    },
  },
  {
    name: 'fGan, reverse-kl',
    create: () => fGan({ divergence: 'reverse-kl' }),
    real: (f) => [Math.exp(-f), -Math.exp(-f)],
    fake: (f) => [f - 1, 1],
    generator: (f) => [Math.exp(-f), -Math.exp(-f)],
    limits: {
      real: [
        [E80, -E80],
        [0, 0],
      ],
      fake: [
        [-81, 1],
        [79, 1],
      ],
      generator: [
        [E80, -E80],
        [0, 0],
      ],
    },
  },
  {
    name: 'fGan, pearson',
    create: () => fGan({ divergence: 'pearson' }),
    real: linear(-1),
    fake: (f) => [f ** 2 / 4 + f, f / 2 + 1],
    generator: linear(-1),
    limits: {
      real: [
        [80, -1],
        [-80, -1],
      ],
      fake: [
        [1520, -39],
        [1680, 41],
      ],
      generator: [
        [80, -1],
        [-80, -1],
      ],
    },
  },
  {
    name: 'fGan, neyman',
    create: () => fGan({ divergence: 'neyman' }),
    real: (f) => [Math.exp(-f) - 1, -Math.exp(-f)],
    fake: (f) => [2 - 2 * Math.exp(-f / 2), Math.exp(-f / 2)],
    generator: (f) => [Math.exp(-f) - 1, -Math.exp(-f)],
    limits: {
      real: [
        [E80, -E80],
        [-1, 0],
      ],
      fake: [
        [2 - 2 * E40, E40],
        [2, 0],
      ],
      generator: [
        [E80, -E80],
        [-1, 0],
      ],
    },
  },
  {
    name: 'fGan, squared-hellinger',
    create: () => fGan({ divergence: 'squared-hellinger' }),
    real: (f) => [Math.exp(-f) - 1, -Math.exp(-f)],
    fake: (f) => [Math.exp(f) - 1, Math.exp(f)],
    generator: (f) => [Math.exp(-f) - 1, -Math.exp(-f)],
    limits: {
      real: [
        [E80, -E80],
        [-1, 0],
      ],
      fake: [
        [-1, 0],
        [E80, E80],
      ],
      generator: [
        [E80, -E80],
        [-1, 0],
      ],
    },
  },
  {
    name: 'fGan, jensen-shannon',
    create: () => fGan({ divergence: 'jensen-shannon' }),
    real: (f) => [sure(f)[0] - Math.LN2, sure(f)[1]],
    fake: (f) => [unsure(f)[0] - Math.LN2, unsure(f)[1]],
    generator: (f) => [sure(f)[0] - Math.LN2, sure(f)[1]],
    limits: {
      real: [
        [80 - Math.LN2, -1],
        [-Math.LN2, 0],
      ],
      fake: [
        [-Math.LN2, 0],
        [80 - Math.LN2, 1],
      ],
      generator: [
        [80 - Math.LN2, -1],
        [-Math.LN2, 0],
      ],
    },
  },
  {
    name: 'fGan, gan',
    create: () => fGan({ divergence: 'gan', generator: 'exact' }),
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
    name: 'fGan, jeffrey',
    create: () => fGan({ divergence: 'jeffrey' }),
    real: (f) => [Math.exp(-f) - f - 1, -Math.exp(-f) - 1],
    fake: (f) => [Math.exp(f) + f - 1, Math.exp(f) + 1],
    generator: (f) => [Math.exp(-f) - f - 1, -Math.exp(-f) - 1],
    limits: {
      real: [
        [E80 + 79, -E80 - 1],
        [-81, -1],
      ],
      fake: [
        [-81, 1],
        [E80 + 79, E80 + 1],
      ],
      generator: [
        [E80 + 79, -E80 - 1],
        [-81, -1],
      ],
    },
  },
  {
    name: 'fGan, total-variation',
    create: () => fGan({ divergence: 'total-variation' }),
    real: (f) => [-Math.tanh(f) / 2, -(1 - Math.tanh(f) ** 2) / 2],
    fake: (f) => [Math.tanh(f) / 2, (1 - Math.tanh(f) ** 2) / 2],
    generator: (f) => [-Math.tanh(f) / 2, -(1 - Math.tanh(f) ** 2) / 2],
    limits: {
      real: [
        [0.5, 0],
        [-0.5, 0],
      ],
      fake: [
        [-0.5, 0],
        [0.5, 0],
      ],
      generator: [
        [0.5, 0],
        [-0.5, 0],
      ],
    },
  },
  {
    name: 'fGan, alpha 0.5',
    create: () => fGan({ divergence: 'alpha', alpha: 0.5 }),
    real: (f) => [2 * Math.exp(-f / 2) - 2, -Math.exp(-f / 2)],
    fake: (f) => [2 * Math.exp(f / 2) - 2, Math.exp(f / 2)],
    generator: (f) => [2 * Math.exp(-f / 2) - 2, -Math.exp(-f / 2)],
    limits: {
      real: [
        [2 * E40 - 2, -E40],
        [-2, 0],
      ],
      fake: [
        [-2, 0],
        [2 * E40 - 2, E40],
      ],
      generator: [
        [2 * E40 - 2, -E40],
        [-2, 0],
      ],
    },
  },
  {
    name: 'fGan, alpha 2',
    create: () => fGan({ divergence: 'alpha', alpha: 2 }),
    real: linear(-1),
    fake: (f) => [(Math.max(0, f + 1) ** 2 - 1) / 2, Math.max(0, f + 1)],
    generator: linear(-1),
    limits: {
      real: [
        [80, -1],
        [-80, -1],
      ],
      fake: [
        [-0.5, 0],
        [3280, 81],
      ],
      generator: [
        [80, -1],
        [-80, -1],
      ],
    },
  },
  {
    name: 'fGan, alpha 1.5',
    create: () => fGan({ divergence: 'alpha', alpha: 1.5 }),
    real: linear(-1),
    fake: (f) => [(Math.max(0, f / 2 + 1) ** 3 - 1) / 1.5, Math.max(0, f / 2 + 1) ** 2],
    generator: linear(-1),
    limits: {
      real: [
        [80, -1],
        [-80, -1],
      ],
      fake: [
        [-2 / 3, 0],
        [68_920 / 1.5, 1681],
      ],
      generator: [
        [80, -1],
        [-80, -1],
      ],
    },
  },
  {
    name: 'fGan, alpha -1',
    create: () => fGan({ divergence: 'alpha', alpha: -1 }),
    real: (f) => [(Math.exp(-f) - 1) / 2, -Math.exp(-f) / 2],
    fake: (f) => [1 - Math.exp(-f / 2), Math.exp(-f / 2) / 2],
    generator: (f) => [(Math.exp(-f) - 1) / 2, -Math.exp(-f) / 2],
    limits: {
      real: [
        [E80 / 2, -E80 / 2],
        [-0.5, 0],
      ],
      fake: [
        [1 - E40, E40 / 2],
        [1, 0],
      ],
      generator: [
        [E80 / 2, -E80 / 2],
        [-0.5, 0],
      ],
    },
  },
];
