import {
  createRng,
  type Distribution,
  type Loss,
  type Network,
  type Regularizer,
  type StepContext,
} from '@ganymede/core';
import { adam, dense, leakyRelu, schedules, sequential } from '@ganymede/nn';
import { constant, grad, numbersOf, type Tensor, valueOf } from '@ganymede/tensor';
import { createWorkbench } from '@ganymede/testing';
import { createTraining } from '../train.js';

/** Samples of a batch, drawn anew at each step. */
export type Draw = (ctx: StepContext) => Tensor;

/** A critic trained between two distributions of points; then its logits and slopes anywhere. */
export interface CriticOptions {
  readonly critic: Network;
  readonly width: number;
  readonly real: Draw;
  readonly fake: Draw;
  readonly loss: Loss;
  readonly regularizers?: readonly Regularizer[];
  readonly steps: number;
  readonly rate?: number;
  readonly optimizer?: ReturnType<typeof adam>;
  readonly seed?: number;
}

/** Trains it with the reference interpreter. */
export function trainCritic(options: CriticOptions) {
  const { critic, width, real, fake, loss, regularizers = [], steps, rate = 0.01, seed = 1 } = options;
  const training = createTraining({ d: critic.init(createRng(seed), ['N', width]) }, seed);
  const step = training.createUpdate({
    player: 'd',
    optimizer:
      options.optimizer ?? adam({ rate: schedules.cosine({ from: rate, steps }), beta1: 0.5, beta2: 0.9 }),
    program({ d }, _feeds, ctx) {
      const [x, y] = [real(ctx.child('real')), fake(ctx.child('fake'))];
      const discriminate = (z: Tensor) => critic.apply(d ?? {}, z, ctx);
      const [realLogits, fakeLogits] = [discriminate(x), discriminate(y)];
      const total = regularizers.reduce(
        (sum, regularizer) =>
          sum.add(regularizer.penalty({ discriminate, real: x, fake: y, realLogits, fakeLogits, ctx })),
        loss.discriminator(realLogits, fakeLogits),
      );
      return { loss: total };
    },
    project: (params) => regularizers.reduce((p, { project }) => project?.(p) ?? p, params),
  });
  for (let i = 0; i < steps; i++) step();
  const at = (points: readonly number[]): { logits: number[]; slopes: number[][] } => {
    const bench = createWorkbench({ dtype: 'float32' });
    const x = bench.symbol('x', valueOf(points, [points.length / width, width]));
    const logits = critic.apply(bench.symbols(training.players.d ?? {}, 'd'), x, bench.ctx);
    const [f, slope] = bench.evaluate([logits, ...grad(logits.sum(), [x])]).map(numbersOf) as [
      number[],
      number[],
    ];
    return { logits: f, slopes: f.map((_, i) => slope.slice(i * width, (i + 1) * width)) };
  };
  return { at, params: () => training.players.d ?? {} };
}

/** Dense layers with an activation between, and one logit. */
export const mlp = (hidden: number, depth = 2, activation: () => Network = () => leakyRelu(0.2)) =>
  sequential(...Array.from({ length: depth }, () => [dense(hidden), activation()]).flat(), dense(1));
/** The same points at each step. */
export const always =
  (points: readonly number[], width: number, copies = 1): Draw =>
  () =>
    constant(
      valueOf(Array.from({ length: copies }, () => points).flat(), [(points.length / width) * copies, width]),
    );
/** `n` points of a round normal distribution. */
export const normals =
  (n: number, width: number, mean = 0, std = 1): Draw =>
  (ctx) =>
    ctx.noise('points', [n, width], { kind: 'normal', mean, std } satisfies Distribution);
export const norm = (v: readonly number[]) => Math.hypot(...v);
export const average = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
export const deviation = (list: readonly number[]) =>
  Math.sqrt(average(list.map((x) => (x - average(list)) ** 2)));
export const sigmoid = (f: number) => 1 / (1 + Math.exp(-f));
