import {
  flattenTree,
  type Network,
  type Optimizer,
  type Rng,
  type Scheduled,
  type State,
  type StateReader,
  type Step,
  type StepContext,
  type Tree,
} from '@ganymede/core';
import { adam, descend, sgd } from '@ganymede/nn';
import { constant, exp, logSumExp, scope, type Tensor, type TensorLike, valueOf } from '@ganymede/tensor';
import { dgm } from './dgm.js';
import type { MeanFieldGame } from './mean-field-game.js';
import { periodicFeatures } from './periodic-features.js';
import { fokkerPlanckRatio, hjbResidual, type ResidualInput } from './residuals.js';
import { spreadPoints } from './torus-points.js';

/** Options of {@link meanFieldGan}. */
export interface MeanFieldGanOptions {
  /** u from periodic features, `[N, features]` to `[N, 1]`. Default: {@link dgm} of 32 units and one gated layer. */
  readonly generator?: Network;
  /** f, with m = exp(f)/Z; the same form. Default: as the generator's. */
  readonly discriminator?: Network;
  /** Waves per axis that the networks see: sin and cos of 2πk x for k up to this. @defaultValue 1 */
  readonly harmonics?: number;
  /** Points of a minibatch, uniform on the torus. @defaultValue 64 */
  readonly batch?: number;
  /** Learning rate of both networks: a number or a schedule of the updates so far. @defaultValue 3e-3 */
  readonly rate?: Scheduled;
  /** Learning rate of H̄, for which the loss is a parabola of curvature 2. @defaultValue 0.05 */
  readonly constantRate?: Scheduled;
  /**
   * Decay of Adam's mean gradient. Zero, as in WGAN-GP: the two networks' losses turn around each other, and momentum drives such
   * rotations outwards. @defaultValue 0
   */
  readonly beta1?: number;
  /**
   * Decay of Adam's mean square. Where the viscosity falls to 0, gradients fall with it by orders of magnitude, and 0.9 forgets the old
   * ones in time. @defaultValue 0.999
   */
  readonly beta2?: number;
  /** Added to the root of Adam's mean square: smaller than gradients get at the end, or they stop counting. @defaultValue 1e-8 */
  readonly epsilon?: number;
  /** β in β (mean u)², which fixes the value's free constant. @defaultValue 1 */
  readonly meanWeight?: number;
  /** Points of the integral Z: a grid for d = 1, else a Kronecker sequence shifted at random. @defaultValue 64 for d = 1, else 512 */
  readonly integralPoints?: number;
  /** ν during training: a number or a schedule of the updates so far. Default: the game's own. */
  readonly viscosity?: Scheduled;
}

/** A GAN whose equilibrium solves a mean-field game: steps, initial state, and its functions of the state. */
export interface MeanFieldGan {
  readonly steps: { readonly discriminator: Step; readonly generator: Step };
  init(rng: Rng): State;
  /** u at points `[M, d]`, up to a constant that goes to 0. */
  value(state: StateReader, x: Tensor, ctx: StepContext): Tensor;
  /** f at points `[M, d]`: ln m but for a constant. */
  logDensity(state: StateReader, x: Tensor, ctx: StepContext): Tensor;
  /** H̄. */
  constant(state: StateReader): Tensor;
}

/**
 * The GAN of a mean-field game (Cao, Guo and Lauriere 2020, algorithm 1): the generator u descends the mean square of the
 * Hamilton-Jacobi-Bellman residual plus β (mean u)², the discriminator m = exp(f)/Z the mean square of the Fokker-Planck residual, each at
 * fresh uniform points. H̄ is trained with the generator. Residuals come from {@link hjbResidual} and {@link fokkerPlanckRatio}.
 *
 * The steps report `hjb` and `fokkerPlanck`, the mean squares. State: `generator/…`, `discriminator/…`, `constant/value`,
 * `integral/log` (a running ln Z) and `optimizer/…`.
 */
export function meanFieldGan(game: MeanFieldGame, options: MeanFieldGanOptions = {}): MeanFieldGan {
  const { dimension } = game;
  const { harmonics = 1, batch = 64, rate = 3e-3, constantRate = 0.05, meanWeight = 1 } = options;
  const { beta1 = 0, beta2 = 0.999, epsilon = 1e-8 } = options;
  const { integralPoints = dimension === 1 ? 64 : 512, viscosity } = options;
  const network = {
    generator: options.generator ?? dgm({ layers: 1 }),
    discriminator: options.discriminator ?? dgm({ layers: 1 }),
  };
  const optimizer: Optimizer = adam({ rate, beta1, beta2, epsilon });
  const constantOptimizer = sgd({ rate: constantRate });
  const integral = spreadPoints(dimension, integralPoints);
  // With equally spaced points Z is exact at once; elsewhere its noise is averaged away.
  const memory = dimension === 1 ? 0 : 0.99;

  const apply = (
    player: 'generator' | 'discriminator',
    variables: Tree<Tensor>,
    x: Tensor,
    ctx: StepContext,
  ) =>
    scope(player, () => network[player].apply(variables, periodicFeatures(x, harmonics), ctx.child(player)));
  const viscosityIn = (ctx: StepContext): TensorLike =>
    viscosity === undefined ? game.viscosity : ctx.scalar('viscosity', viscosity);
  const pointsIn = (ctx: StepContext): Tensor => ctx.noise('x', [batch, dimension], { kind: 'uniform' });
  const logIntegral = (discriminator: Tree<Tensor>, ctx: StepContext): Tensor => {
    const points = constant(integral);
    const shifted =
      dimension === 1 ? points : points.add(ctx.noise('shift', [1, dimension], { kind: 'uniform' }));
    return logSumExp(apply('discriminator', discriminator, shifted, ctx)).sub(Math.log(integralPoints));
  };
  const slots = (state: StateReader, player: string): Tree<Tensor> => state.tree(`optimizer/${player}`);

  const discriminator: Step = {
    name: 'discriminator',
    batch: {},
    program(state, _batch, ctx) {
      const variables = state.tree('discriminator');
      const value = state.tree('generator');
      const x = pointsIn(ctx);
      const input: ResidualInput = {
        x,
        value: (y) => apply('generator', value, y, ctx),
        logDensity: (y) => apply('discriminator', variables, y, ctx),
        viscosity: viscosityIn(ctx),
      };
      const logZ = logIntegral(variables, ctx);
      const density = exp(input.logDensity(x).sub(logZ));
      const loss = fokkerPlanckRatio(game, input).mul(density).square().mean();
      const next = descend(optimizer, loss, variables, slots(state, 'discriminator'), ctx.child('optimizer'));
      const remembered =
        memory === 0
          ? logZ
          : state
              .get('integral/log')
              .mul(memory)
              .add(logZ.mul(1 - memory));
      return {
        state: {
          ...flattenTree(next.params, 'discriminator'),
          ...flattenTree(next.slots, 'optimizer/discriminator'),
          'integral/log': remembered,
        },
        outputs: { fokkerPlanck: loss },
      };
    },
  };

  const generator: Step = {
    name: 'generator',
    batch: {},
    program(state, _batch, ctx) {
      const variables = state.tree('generator');
      const density = state.tree('discriminator');
      const free = { value: state.get('constant/value') };
      const logZ = memory === 0 ? logIntegral(density, ctx) : state.get('integral/log');
      const input: ResidualInput = {
        x: pointsIn(ctx),
        value: (y) => apply('generator', variables, y, ctx),
        logDensity: (y) => apply('discriminator', density, y, ctx).sub(logZ).stopGradient(),
        viscosity: viscosityIn(ctx),
      };
      const { residual, value } = hjbResidual(game, input, free.value);
      const hjb = residual.square().mean();
      const loss = hjb.add(value.mean().square().mul(meanWeight));
      const next = descend(optimizer, loss, variables, slots(state, 'generator'), ctx.child('optimizer'));
      const shift = descend(constantOptimizer, hjb, free, {}, ctx.child('constant'));
      return {
        state: {
          ...flattenTree(next.params, 'generator'),
          ...flattenTree(next.slots, 'optimizer/generator'),
          ...flattenTree(shift.params, 'constant'),
        },
        outputs: { hjb },
      };
    },
  };

  return {
    steps: { discriminator, generator },
    init(rng) {
      const shape = [batch, 2 * dimension * harmonics];
      const variables = {
        generator: network.generator.init(rng.child('generator'), shape),
        discriminator: network.discriminator.init(rng.child('discriminator'), shape),
      };
      return {
        ...flattenTree(variables),
        ...flattenTree(
          {
            generator: optimizer.init(variables.generator),
            discriminator: optimizer.init(variables.discriminator),
          },
          'optimizer',
        ),
        'constant/value': valueOf(0),
        'integral/log': valueOf(0),
      };
    },
    value: (state, x, ctx) => apply('generator', state.tree('generator'), x, ctx),
    logDensity: (state, x, ctx) => apply('discriminator', state.tree('discriminator'), x, ctx),
    constant: (state) => state.get('constant/value'),
  };
}
