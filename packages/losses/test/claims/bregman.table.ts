import { createRng } from '@ganymede/core';
import { adam } from '@ganymede/nn';
import { constant, numbersOf, scalarOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { type ClaimRow, createWorkbench, once } from '@ganymede/testing';
import {
  type BregmanName,
  bregmanCost,
  bregmanFunctions,
  divergences,
  relaxedWasserstein,
  relaxedWasserstein1d,
} from '../../src/index.js';
import { createTraining } from '../train.js';
import { leastAssignment } from './assignment.js';
import { type Density, gaussian, grid } from './quadrature.js';

const relaxed = 'Relaxed Wasserstein (Guo et al. 2017)';
const scaled = 'Scaled Bregman (Srivastava et al. 2019)';

const costs: Readonly<Record<BregmanName, (x: number, y: number) => number>> = {
  'half-square': (x, y) => (x - y) ** 2 / 2,
  'neg-entropy': (x, y) => x * Math.log(x / y) - x + y,
  burg: (x, y) => x / y - Math.log(x / y) - 1,
};
const uniform = (name: string, n: number, low: number, high: number): number[] =>
  numbersOf(createRng(5).child(name).draw([n], { kind: 'uniform', low, high }));

function distance(x: readonly number[], y: readonly number[], phi: BregmanName): number {
  const bench = createWorkbench();
  const symbol = (name: string, list: readonly number[]) =>
    bench.symbol(name, valueOf(list, undefined, 'float64'));
  const value = relaxedWasserstein1d(symbol('x', x), symbol('y', y), bregmanFunctions[phi]);
  return scalarOf(bench.evaluate([value])[0] as Value);
}

const [xs, ys] = [uniform('x', 200, 0.1, 2), uniform('y', 200, 0.3, 3)];
const hungarian = (phi: BregmanName) =>
  leastAssignment((i, j) => costs[phi](xs[i] as number, ys[j] as number), 200) / 200;

/** Fits y = exp(a + b z) to log-normal(0.3, 0.4) with the entropic cost; [a, b]. */
const fitLogNormal = once((): readonly [number, number] => {
  const n = 128;
  const training = createTraining({ g: { a: valueOf([0]), b: valueOf([1]) } });
  const step = training.createUpdate({
    player: 'g',
    optimizer: adam({ rate: (call) => 0.02 * (1 - call / 300) }),
    program({ g }, _feeds, ctx) {
      const { a, b } = g as { readonly a: Tensor; readonly b: Tensor };
      const real = ctx.noise('real', [n], { kind: 'normal' }).mul(0.4).add(0.3).exp();
      const fake = ctx.noise('fake', [n], { kind: 'normal' }).mul(b).add(a).exp();
      return { loss: relaxedWasserstein1d(real, fake, bregmanFunctions['neg-entropy']) };
    },
  });
  for (let i = 0; i < 300; i++) step();
  const { a, b } = training.players.g as { readonly a: Value; readonly b: Value };
  return [numbersOf(a)[0] as number, Math.abs(numbersOf(b)[0] as number)];
});

/** Largest share of the exact divergence that the critic's bound reaches when its potentials are free. */
function dualShare(phi: BregmanName): number {
  const n = 16;
  const [x, y] = [xs.slice(0, n), ys.slice(0, n)];
  const exact = leastAssignment((i, j) => costs[phi](x[i] as number, y[j] as number), n) / n;
  const training = createTraining({ d: { u: valueOf(new Array<number>(n).fill(0)) } });
  const column = (list: readonly number[]) => constant(valueOf(list, [n, 1]));
  const step = training.createUpdate({
    player: 'd',
    optimizer: adam({ rate: (call) => 0.05 * (1 - call / 600), beta1: 0.9 }),
    program({ d }) {
      const { u: potentials } = d as { readonly u: Tensor };
      const u = potentials.reshape([n, 1]);
      const samples = { real: column(x), fake: column(y) };
      return { loss: relaxedWasserstein({ cost: phi }).discriminator(u, u, { samples }) };
    },
  });
  let best = Infinity;
  for (let i = 0; i < 600; i++) best = Math.min(best, scalarOf(step().loss as Value));
  return -best / exact;
}

/** ∫ D_φ(p/m, q/m) dM. */
function scaledBregman(phi: BregmanName, p: Density, q: Density, m: Density): number {
  const { x, w } = grid(-14, 16, 6000);
  const bench = createWorkbench();
  const ratio = (name: string, density: Density) =>
    bench.symbol(
      name,
      valueOf(
        x.map((t) => density(t) / m(t)),
        undefined,
        'float64',
      ),
    );
  const cost = bregmanCost(ratio('p', p), ratio('q', q), bregmanFunctions[phi]);
  const weights = constant(
    x.map((t, i) => (w[i] as number) * m(t)),
    'float64',
  );
  return scalarOf(bench.evaluate([cost.mul(weights).sum()])[0] as Value);
}

const [narrow, wide] = [gaussian(0, 1), gaussian(1, 1.5)];
const middle: Density = (t) => (narrow(t) + wide(t)) / 2;

const box =
  (low: number): Density =>
  (t) =>
    t >= low && t < low + 1 ? 1 : 0;

/** What an f-GAN's bound gives of disjoint uniforms where logits go up to `sure`: all that a perfect discriminator can say. */
function boundOfDisjoint(name: 'kl' | 'jensen-shannon', sure: number): number {
  const { activation, conjugate } = divergences[name]();
  const bench = createWorkbench();
  const v = bench.symbol('v', valueOf([sure, -sure], undefined, 'float64'));
  const [t, paid] = bench.evaluate([activation(v), conjugate(v)]).map(numbersOf) as [number[], number[]];
  return (t[0] as number) - (paid[1] as number);
}

/** Uniforms on [0, 1] and [shift, shift + 1], with the base ½ (P + Q) convolved with N(0, 1). */
function disjoint(shift: number): number {
  const smooth = (low: number): Density => {
    const { x, w } = grid(low, low + 1, 40);
    return (t) => x.reduce((sum, s, i) => sum + (w[i] as number) * gaussian(s, 1)(t), 0);
  };
  const [a, b] = [smooth(0), smooth(shift)];
  return scaledBregman('half-square', box(0), box(shift), (t) => (a(t) + b(t)) / 2);
}

const largestCost = () => {
  // On [0.1, 1]: total variation of two histograms, and the divergence of the same.
  const places = [0.1, 0.4, 0.7, 1];
  const [p, q] = [
    [4, 3, 2, 1],
    [1, 2, 3, 4],
  ] as const;
  const spread = (counts: readonly number[]) =>
    counts.flatMap((n, i) => new Array<number>(n).fill(places[i] as number));
  const total = p.reduce<number>((sum, n, i) => sum + Math.abs(n - (q[i] as number)), 0) / 20;
  const largest = Math.max(...places.flatMap((x) => places.map((y) => costs['neg-entropy'](x, y))));
  return distance(spread(p), spread(q), 'neg-entropy') / (largest * total);
};

/** Rows about Bregman divergences. */
export const bregmanRows: readonly ClaimRow[] = [
  ...(['half-square', 'neg-entropy', 'burg'] as const).map(
    (phi): ClaimRow => ({
      about: relaxed,
      claim: `${phi}, 200 samples on a line: difference of sorting from the Hungarian method`,
      expected: { below: 1e-9 },
      measure: () => Math.abs(distance(xs, ys, phi) - hungarian(phi)),
    }),
  ),
  {
    about: relaxed,
    claim: 'of a sample from itself in another order',
    expected: { below: 1e-15 },
    measure: () => distance(xs, xs.toReversed(), 'neg-entropy'),
  },
  {
    about: relaxed,
    claim: 'is not symmetric for the entropic cost: |W(P, Q) − W(Q, P)| / W(P, Q)',
    expected: { above: 0.01 },
    measure: () => Math.abs(1 - distance(ys, xs, 'neg-entropy') / distance(xs, ys, 'neg-entropy')),
  },
  {
    about: relaxed,
    claim: 'on bounded data is at most the largest cost times total variation: their quotient',
    expected: { below: 1 },
    measure: largestCost,
  },
  ...(['half-square', 'neg-entropy'] as const).map(
    (phi): ClaimRow => ({
      about: relaxed,
      claim: `${phi}: share of the exact divergence that the critic’s bound reaches, never above`,
      expected: { between: [0.99, 1 + 1e-5] },
      measure: () => dualShare(phi),
    }),
  ),
  {
    about: scaled,
    claim: 'with M = Q and φ = u log u it is KL(N(0, 1) | N(1, 1.5))',
    expected: { exact: 0.34991, tolerance: 1e-6 },
    measure: () => scaledBregman('neg-entropy', narrow, wide, wide),
  },
  {
    about: scaled,
    claim: 'with M = ½ (P + Q) and φ = ½ u² it is ½ ∫ (p − q)²/m: difference from that',
    expected: { below: 1e-9 },
    measure() {
      const { x, w } = grid(-14, 16, 6000);
      const exact = x.reduce(
        (sum, t, i) => sum + ((w[i] as number) * (narrow(t) - wide(t)) ** 2) / (2 * middle(t)),
        0,
      );
      return Math.abs(scaledBregman('half-square', narrow, wide, middle) - exact);
    },
  },
  {
    about: scaled,
    claim: 'of uniforms on [0, 1] and [3, 4] with a noisy base is finite, where KL is not',
    expected: { between: [0.1, 10] },
    measure: () => disjoint(3),
  },
  {
    about: scaled,
    claim: 'there the bound of KL has no end: with the discriminator’s logits at ±60 it is',
    expected: { above: 59 },
    measure: () => boundOfDisjoint('kl', 60),
  },
  {
    about: scaled,
    claim: 'and that of JS is log 2 wherever the two are: half of the f-GAN’s',
    expected: { exact: Math.LN2, tolerance: 1e-9 },
    measure: () => boundOfDisjoint('jensen-shannon', 60) / 2,
  },
  {
    about: scaled,
    claim: 'the scaled one falls as they approach: from [3, 4] to [2, 3] to [1, 2], the smaller step',
    expected: { above: 0.01 },
    measure: () => Math.min(disjoint(3) - disjoint(2), disjoint(2) - disjoint(1)),
  },
];

/** Rows about Bregman divergences that train. */
export const trainedBregmanRows: readonly ClaimRow[] = [
  {
    about: relaxed,
    claim: 'y = exp(a + b z) trained to log-normal(0.3, 0.4): a',
    expected: { exact: 0.3, tolerance: 0.03 },
    measure: () => fitLogNormal()[0],
  },
  {
    about: relaxed,
    claim: 'and b',
    expected: { exact: 0.4, tolerance: 0.03 },
    measure: () => fitLogNormal()[1],
  },
];
