import { createRng, type Loss, type Network, type StepContext } from '@ganymede/core';
import { adam, dense, leakyRelu, minibatchDiscrimination, sequential, sgd, tanh } from '@ganymede/nn';
import { constant, numbersOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { type ClaimRow, createWorkbench, once } from '@ganymede/testing';
import { type DivergenceName, divergences, fGan, minimax, nonSaturating } from '../../src/index.js';
import { createTraining } from '../train.js';
import { gaussian } from './quadrature.js';
import { average, mlp, normals, sigmoid, trainCritic } from './train-critic.js';

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
/** Claims about discriminators that are trained to the end, and generators against them. */
export const discriminatorRows: readonly ClaimRow[] = [
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
    about: 'f-GAN (Nowozin et al. 2016)',
    claim: 'and of 2 JS with the GAN’s own divergence, 2 JS − log 4, the share',
    expected: { between: [0.95, 1.01] },
    measure: () => 1 + (share('gan', 1) - (2 * 0.0992901 - Math.log(4))) / (2 * 0.0992901),
  },
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
];
