import type { Loss, Regularizer } from '@ganymede/core';
import {
  dragan,
  fGan,
  gradientPenalty,
  hinge,
  leastSquares,
  lipschitz,
  maxGradientPenalty,
  minimax,
  nonSaturating,
  r1,
  relativistic,
  relativisticAverage,
  wasserstein,
  weightClipping,
} from '@ganymede/losses';

/** A loss with what keeps its discriminator in bounds, as small networks on points in the plane want it. */
export interface ToyRecipe {
  readonly loss: Loss;
  readonly regularizers: readonly Regularizer[];
  /** Discriminator updates for each of the generator. */
  readonly critics: number;
  /** Spectral norm of every discriminator layer; undefined: not normalized. */
  readonly gain?: number;
  /** The optimizer of both networks. @defaultValue 'adam' */
  readonly optimizer?: 'adam' | 'rmsprop';
  /** Learning rate. @defaultValue 2e-3 */
  readonly rate?: number;
}

/** What a recipe may be made for. */
export interface ToyScale {
  /** Largest coordinate of the data. Weights are scaled so that data twice as large trains alike. */
  readonly extent: number;
  /** Factor of the penalty; undefined: the recipe's own. */
  readonly weight?: number | undefined;
}

const plain = (loss: Loss) => (): ToyRecipe => ({ loss, regularizers: [], critics: 1 });

/** Every loss that `toy` has, by name. A slope is one per unit of the data: penalties of slopes grow with its extent. */
export const toyRecipes = {
  minimax: plain(minimax()),
  ns: plain(nonSaturating()),
  ls: plain(leastSquares()),
  hinge: plain(hinge()),
  'f-kl': plain(fGan({ divergence: 'kl' })),
  'f-js': plain(fGan({ divergence: 'jensen-shannon' })),
  relativistic: plain(relativistic()),
  'relativistic-average': plain(relativisticAverage()),
  'wgan-clip': ({ weight = 0.1 }) => ({
    loss: wasserstein(),
    regularizers: [weightClipping({ high: weight })],
    critics: 5,
    optimizer: 'rmsprop',
    rate: 5e-4,
  }),
  'wgan-gp': ({ extent, weight = 0.07 * extent }) => ({
    loss: wasserstein(),
    regularizers: [gradientPenalty({ weight })],
    critics: 5,
  }),
  'wgan-lp': ({ extent, weight = 0.07 * extent }) => ({
    loss: wasserstein(),
    regularizers: [gradientPenalty({ weight, oneSided: true })],
    critics: 5,
  }),
  dragan: ({ weight = 1 }) => ({
    loss: nonSaturating(),
    regularizers: [dragan({ weight })],
    critics: 1,
  }),
  r1: ({ extent, weight = 0.025 * extent ** 2 }) => ({
    loss: nonSaturating(),
    regularizers: [r1({ gamma: weight })],
    critics: 1,
  }),
  lgan: ({ extent, weight = 0.0075 * extent ** 2 }) => ({
    loss: lipschitz(),
    regularizers: [maxGradientPenalty({ weight })],
    critics: 1,
  }),
  'sn-hinge': () => ({ loss: hinge(), regularizers: [], critics: 3, gain: 2 }),
} satisfies Record<string, (scale: ToyScale) => ToyRecipe>;

/** Names of the losses that `toy` has. */
export type ToyLoss = keyof typeof toyRecipes;

/** The same, for lists. */
export const toyLosses = Object.keys(toyRecipes) as [ToyLoss, ...ToyLoss[]];
