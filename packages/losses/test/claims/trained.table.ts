import {
  createRng,
  type Distribution,
  flattenTree,
  type Loss,
  type Network,
  type Regularizer,
  type StepContext,
} from '@ganymede/core';
import {
  adam,
  dense,
  leakyRelu,
  minibatchDiscrimination,
  rmsprop,
  schedules,
  sequential,
  sgd,
  tanh,
} from '@ganymede/nn';
import { concat, constant, grad, numbersOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { type ClaimRow, createWorkbench, once } from '@ganymede/testing';
import {
  type DivergenceName,
  divergences,
  fGan,
  generalForm,
  gradientPenalty,
  leastSquares,
  lipschitz,
  maxGradientPenalty,
  minimax,
  nonSaturating,
  wasserstein,
  weightClipping,
} from '../../src/index.js';
import { createTraining } from '../train.js';
import { gaussian } from './quadrature.js';

/** Samples of a batch, drawn anew at each step. */
type Draw = (ctx: StepContext) => Tensor;

/** A critic trained between two distributions of points; then its logits and slopes anywhere. */
interface CriticOptions {
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

function trainCritic(options: CriticOptions) {
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

const mlp = (hidden: number, depth = 2, activation: () => Network = () => leakyRelu(0.2)) =>
  sequential(...Array.from({ length: depth }, () => [dense(hidden), activation()]).flat(), dense(1));
const always =
  (points: readonly number[], width: number, copies = 1): Draw =>
  () =>
    constant(
      valueOf(Array.from({ length: copies }, () => points).flat(), [(points.length / width) * copies, width]),
    );
const normals =
  (n: number, width: number, mean = 0, std = 1): Draw =>
  (ctx) =>
    ctx.noise('points', [n, width], { kind: 'normal', mean, std } satisfies Distribution);
const norm = (v: readonly number[]) => Math.hypot(...v);
const average = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
const deviation = (list: readonly number[]) => Math.sqrt(average(list.map((x) => (x - average(list)) ** 2)));
const sigmoid = (f: number) => 1 / (1 + Math.exp(-f));

// --- The best discriminator between N(0, 1) and N(1, 1.5)

const [p, q] = [gaussian(0, 1), gaussian(1, 1.5)];
const places = Array.from({ length: 601 }, (_, i) => -8 + i * 0.03);
const between = (loss: Loss, seed = 1) =>
  trainCritic({
    critic: mlp(64, 1, tanh),
    width: 1,
    real: normals(256, 1),
    fake: normals(256, 1, 1, 1.5),
    loss,
    steps: 1200,
    rate: 0.02,
    seed,
  });
const discriminator = once(() => between(minimax()).at(places).logits);

/** Share of a divergence that a network of 64 units, trained on samples, finds: its bound on the true densities. */
function share(name: DivergenceName, exact: number): number {
  const { logits } = between(fGan({ divergence: name }), 3).at(places);
  const { activation, conjugate } = divergences[name](0);
  const bench = createWorkbench();
  const v = bench.symbol('v', valueOf(logits, undefined, 'float64'));
  const weighted = (y: Tensor, density: (x: number) => number) =>
    y
      .mul(
        constant(
          places.map((x) => 0.03 * density(x)),
          'float64',
        ),
      )
      .sum();
  const value = weighted(activation(v), p).sub(weighted(conjugate(v), q));
  return Number(bench.evaluate([value])[0]?.data[0]) / exact;
}

/** J = E_P log D + E_Q log(1 − D), and the mean distance of D from the best one, both on the true densities. */
const judged = once(() => {
  const logits = discriminator();
  const sum = (f: (x: number, d: number) => number) =>
    places.reduce((total, x, i) => total + 0.03 * f(x, sigmoid(logits[i] as number)), 0);
  return {
    j: sum((x, d) => p(x) * Math.log(d) + q(x) * Math.log(1 - d)),
    distance: sum((x, d) => ((p(x) + q(x)) / 2) * Math.abs(d - p(x) / (p(x) + q(x)))),
  };
});

// --- Two points at distance 5, and P = Q

const pairOf = (loss: Loss, penalty: Regularizer) =>
  trainCritic({
    critic: mlp(16),
    width: 2,
    real: always([0, 0], 2, 16),
    fake: always([3, 4], 2, 16),
    loss,
    regularizers: [penalty],
    steps: 600,
    rate: 0.02,
  });
const difference = (weight: number, oneSided: boolean) => {
  const [real, fake] = pairOf(wasserstein(), gradientPenalty({ weight, oneSided })).at([0, 0, 3, 4]).logits;
  return (real as number) - (fake as number);
};
const onItself = (regularizer: Regularizer) => {
  const { at } = trainCritic({
    critic: mlp(32),
    width: 2,
    real: normals(64, 2),
    fake: normals(64, 2),
    loss: wasserstein(),
    regularizers: [regularizer],
    steps: 400,
  });
  const points = numbersOf(createRng(9).draw([200, 2], { kind: 'normal' }));
  return average(at(points).slopes.map(norm));
};

// --- Lipschitz GAN: real (2, ±1), generated (−2, ±1)

const [realPair, fakePair] = [
  [2, 1, 2, -1],
  [-2, 1, -2, -1],
] as const;
const corners = (loss: Loss, regularizers: readonly Regularizer[], seed = 1, steps = 1500) =>
  trainCritic({
    critic: mlp(32, 2, tanh),
    width: 2,
    real: always(realPair, 2, 8),
    fake: always(fakePair, 2, 8),
    loss,
    regularizers,
    steps,
    rate: 0.01,
    seed,
  });
/** Cosine between the slope at each generated point and the way to its real one; the worse of the two. */
function direction(loss: Loss, regularizers: readonly Regularizer[]): number {
  const { slopes } = corners(loss, regularizers).at(fakePair);
  return Math.min(...slopes.map((g) => (g[0] as number) / norm(g)));
}
const restarts = (phi: (x: Tensor) => Tensor) =>
  [1, 2, 3].map((seed) => {
    const loss = generalForm({ phi, psi: (x) => x.neg() });
    const { logits } = corners(loss, [maxGradientPenalty({ weight: 1 })], seed).at([
      ...realPair,
      ...fakePair,
    ]);
    return logits;
  });
const spread = (runs: readonly (readonly number[])[]) =>
  Math.max(...(runs[0] as readonly number[]).map((_, i) => deviation(runs.map((run) => run[i] as number))));
const strict = once(() => restarts((x) => x.softplus()));
const free = once(() => restarts((x) => x));

// --- The generator at distance 10 from the data

/** How far a generator N(10 + θ, 1) gets towards data at 0 in 100 steps against a discriminator that had 500 first. */
function progress(loss: Loss): number {
  const training = createTraining({
    d: mlp(32).init(createRng(1), ['N', 1]),
    g: { shift: valueOf([10]) },
  });
  const critic = mlp(32);
  const generated = (g: unknown, ctx: StepContext) =>
    normals(64, 1)(ctx.child('fake')).add((g as { readonly shift: Tensor }).shift);
  const learn = training.createUpdate({
    player: 'd',
    optimizer: adam({ rate: 1e-3, beta1: 0.5 }),
    program({ d, g }, _feeds, ctx) {
      const logits = (x: Tensor) => critic.apply(d ?? {}, x, ctx);
      return {
        loss: loss.discriminator(logits(normals(64, 1)(ctx.child('real'))), logits(generated(g, ctx))),
      };
    },
  });
  const move = training.createUpdate({
    player: 'g',
    optimizer: sgd({ rate: 0.05 }),
    program: ({ d, g }, _feeds, ctx) => ({
      loss: loss.generator(critic.apply(d ?? {}, generated(g, ctx), ctx)),
    }),
  });
  for (let i = 0; i < 500; i++) learn();
  for (let i = 0; i < 100; i++) {
    move();
    learn();
  }
  const { shift } = training.players.g as { readonly shift: Value };
  return 10 - (numbersOf(shift)[0] as number);
}
const moved = once(() => ({ saturating: progress(minimax()), other: progress(nonSaturating()) }));

// --- Weight clipping on N(0, 0.5) and N(4, 0.5)

const clipped = once(() => {
  const { at, params } = trainCritic({
    critic: mlp(16),
    width: 1,
    real: normals(64, 1, 0, 0.5),
    fake: normals(64, 1, 4, 0.5),
    loss: wasserstein(),
    regularizers: [weightClipping({ high: 0.1 })],
    steps: 500,
    optimizer: rmsprop({ rate: 5e-3 }),
  });
  // Three standard deviations away from both means.
  const slopes = at([1.5, 1.75, 2, 2.25, 2.5]).slopes.map(norm);
  const largest = Math.max(
    ...Object.values(flattenTree<Value>(params())).flatMap((v) => numbersOf(v).map(Math.abs)),
  );
  return { variation: (Math.max(...slopes) - Math.min(...slopes)) / Math.max(...slopes), largest };
});
const sureSlope = once(() => {
  const { at } = trainCritic({
    critic: mlp(16),
    width: 1,
    real: normals(64, 1, 0, 0.5),
    fake: normals(64, 1, 4, 0.5),
    loss: minimax(),
    steps: 1000,
  });
  const { logits, slopes } = at([4]);
  const d = sigmoid(logits[0] as number);
  return d * (1 - d) * norm(slopes[0] as readonly number[]);
});

// --- Parallel lines (0, Z) and (θ, Z)

const line =
  (theta: number): Draw =>
  (ctx) => {
    const z = ctx.noise('z', [64, 1], { kind: 'uniform', low: 0, high: 1 });
    return concat([z.mul(0).add(theta), z], 1);
  };
const lineCritic = once(() => {
  const theta = 1;
  const { at } = trainCritic({
    critic: sequential(dense(1)),
    width: 2,
    real: line(0),
    fake: line(theta),
    loss: wasserstein(),
    regularizers: [gradientPenalty({ weight: 10 })],
    steps: 400,
    rate: 0.02,
  });
  const { logits, slopes } = at([0, 0.5, theta, 0.5]);
  return {
    slope: norm(slopes[0] as readonly number[]),
    difference: (logits[0] as number) - (logits[1] as number),
  };
});
const lineDivergence = once(() => {
  const { at } = trainCritic({
    critic: mlp(16),
    width: 2,
    real: line(0),
    fake: line(0.1),
    loss: minimax(),
    steps: 1500,
    rate: 0.02,
  });
  const { logits } = at([0, 0.5, 0.1, 0.5]);
  const [r, g] = logits as [number, number];
  return (Math.log(4) + Math.log(sigmoid(r)) + Math.log(1 - sigmoid(g))) / 2;
});

// --- A generator that says one thing per batch, with the right marginals

/** Share of batches' samples that a discriminator tells rightly: N(0, 1) from one draw of N(0, 1), repeated. */
function toldApart(critic: Network): number {
  const { at } = trainCritic({
    critic,
    width: 1,
    real: normals(16, 1),
    fake: (ctx) => normals(1, 1)(ctx).expand([16, 1]),
    loss: nonSaturating(),
    steps: 400,
  });
  const right = Array.from({ length: 50 }, (_, i) => {
    const points = numbersOf(createRng(100 + i).draw([16, 1], { kind: 'normal' }));
    const real = at(points).logits.filter((f) => f > 0).length;
    return real + at(points.map(() => points[0] as number)).logits.filter((f) => f < 0).length;
  });
  return average(right) / 32;
}

const goodfellow = 'Minimax (Goodfellow et al. 2014)';
const zhou = 'Lipschitz GAN (Zhou et al. 2019)';
const penalty = maxGradientPenalty({ weight: 0.1 });

/** Claims that are measured by training. */
export const trainedRows: readonly ClaimRow[] = [
  {
    about: goodfellow,
    claim: 'D of 64 tanh units between N(0, 1) and N(1, 1.5): mean |D − D*|',
    expected: { below: 0.02 },
    measure: () => judged().distance,
  },
  {
    about: goodfellow,
    claim: 'and its J',
    expected: { exact: -1.1877, tolerance: 0.01 },
    measure: () => judged().j,
  },
  ...(
    [
      ['kl', 0.34991],
      ['reverse-kl', 0.719535],
      ['pearson', 0.600415],
      ['squared-hellinger', 0.220731],
      ['jensen-shannon', 2 * 0.0992901],
    ] as const
  ).map(
    ([name, exact]): ClaimRow => ({
      about: 'f-GAN (Nowozin et al. 2016)',
      claim: `V of 64 tanh units finds of ${name} the share`,
      expected: { between: [0.95, 1.01] },
      measure: () => share(name, exact),
    }),
  ),
  {
    about: 'Non-saturating (Goodfellow et al. 2014)',
    claim: 'from a distance of 10 against a sure discriminator, the saturating generator goes in 100 steps',
    expected: { below: 0.1 },
    measure: () => Math.abs(moved().saturating),
  },
  {
    about: 'Non-saturating (Goodfellow et al. 2014)',
    claim: 'and the non-saturating one so many times further',
    expected: { above: 10 },
    measure: () => moved().other / Math.abs(moved().saturating),
  },
  ...([10, 100] as const).map(
    (weight): ClaimRow => ({
      about: 'WGAN-GP (Gulrajani et al. 2017)',
      claim: `two points at distance 5, λ ${weight}: the critic’s difference is 5 (1 + 5 / 2λ)`,
      expected: { exact: 5 * (1 + 2.5 / weight), tolerance: 0.15 },
      measure: () => difference(weight, false),
    }),
  ),
  {
    about: 'WGAN-LP (Petzka et al. 2018)',
    claim: 'the same with the one-sided penalty, λ 10',
    expected: { exact: 6.25, tolerance: 0.1875 },
    measure: () => difference(10, true),
  },
  {
    about: 'WGAN-LP (Petzka et al. 2018)',
    claim: 'with P = Q the two-sided penalty drives the mean slope to 1 all the same',
    expected: { above: 0.8 },
    measure: () => onItself(gradientPenalty()),
  },
  {
    about: zhou,
    claim: 'with P = Q the max gradient penalty makes the critic flat: mean slope',
    expected: { below: 0.05 },
    measure: () => onItself(maxGradientPenalty({ weight: 10 })),
  },
  {
    about: zhou,
    claim: 'the slope at a generated point points to its real one (softplus): cosine',
    expected: { above: 0.99 },
    measure: () => direction(lipschitz(), [penalty]),
  },
  {
    about: zhou,
    claim: 'the same with exp',
    expected: { above: 0.99 },
    measure: () => direction(lipschitz({ phi: 'exp' }), [penalty]),
  },
  {
    about: zhou,
    claim: 'an unrestricted least squares critic is further off: its 1 − cosine over that of softplus',
    expected: { above: 100 },
    measure: () =>
      (1 - direction(leastSquares({ a: -1, b: 1, c: 0 }), [])) / (1 - direction(lipschitz(), [penalty])),
  },
  {
    about: zhou,
    claim: 'three restarts with softplus: standard deviation of f over its range',
    expected: { below: 0.02 },
    measure() {
      const all = strict().flat();
      return spread(strict()) / (Math.max(...all) - Math.min(...all));
    },
  },
  {
    about: zhou,
    claim: 'with φ = x a constant stays free: its spread over that of softplus',
    expected: { above: 10 },
    measure: () => deviation(free().map(average)) / deviation(strict().map(average)),
  },
  {
    about: 'WGAN (Arjovsky et al. 2017)',
    claim: 'clipped to 0.1: the largest parameter after training',
    expected: { below: 0.1 + 1e-8 },
    measure: () => clipped().largest,
  },
  {
    about: 'WGAN (Arjovsky et al. 2017)',
    claim: 'between N(0, 0.5) and N(4, 0.5), from 1.5 to 2.5, the critic’s slope varies by',
    expected: { below: 0.2 },
    measure: () => clipped().variation,
  },
  {
    about: 'WGAN (Arjovsky et al. 2017)',
    claim: 'where that of a trained D is, at the generated mode',
    expected: { below: 1e-3 },
    measure: sureSlope,
  },
  {
    about: 'Minibatch discrimination (Salimans et al. 2016)',
    claim: 'a generator that repeats one draw of the data per batch is told from it: accuracy',
    expected: { above: 0.95 },
    measure: () =>
      toldApart(
        sequential(
          dense(16),
          leakyRelu(0.2),
          minibatchDiscrimination({ kernels: 8, dimensions: 3 }),
          dense(1),
        ),
      ),
  },
  {
    about: 'Minibatch discrimination (Salimans et al. 2016)',
    claim: 'which a discriminator of single samples cannot',
    expected: { below: 0.6 },
    measure: () => toldApart(mlp(16)),
  },
  {
    about: 'Parallel lines (Arjovsky et al. 2017)',
    claim: 'at θ = 1 a WGAN-GP critic (λ 10) has slope 1 + θ/20',
    expected: { exact: 1.05, tolerance: 0.05 },
    measure: () => lineCritic().slope,
  },
  {
    about: 'Parallel lines (Arjovsky et al. 2017)',
    claim: 'and difference over slope is W₁ = θ',
    expected: { exact: 1, tolerance: 0.05 },
    measure: () => lineCritic().difference / lineCritic().slope,
  },
  {
    about: 'Parallel lines (Arjovsky et al. 2017)',
    claim: 'at θ = 0.1 a logistic D says JS is nearly log 2',
    expected: { above: 0.68 },
    measure: lineDivergence,
  },
];
