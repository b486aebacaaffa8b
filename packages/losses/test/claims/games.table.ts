import type { Loss } from '@ganymede/core';
import { sgd } from '@ganymede/nn';
import { constant, grad, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { type ClaimRow, createWorkbench } from '@ganymede/testing';
import {
  generalForm,
  leastSquares,
  lipschitz,
  minimax,
  nonSaturating,
  semiSupervised,
  wasserstein,
} from '../../src/index.js';
import { createTraining } from '../train.js';
import { gaussian, integral } from './quadrature.js';

/** ∂ of the generator's loss at one logit. */
function pull(loss: Loss, logit: number): number {
  const bench = createWorkbench();
  const fake = bench.symbol('fake', valueOf([logit]));
  return Number(bench.evaluate(grad(loss.generator(fake), [fake]))[0]?.data[0]);
}

/** p_g φ′(f) + p_r ϕ′(f): how far f is from the discriminator's best logit where densities are p_r and p_g. */
function slack(loss: Loss, [real, fake]: readonly [number, number], logit: number): number {
  const bench = createWorkbench();
  const sides = ['real', 'fake'].map((name) => bench.symbol(name, valueOf([logit], undefined, 'float64')));
  const [r, g] = sides as [Tensor, Tensor];
  const [byReal, byFake] = bench.evaluate(grad(loss.discriminator(r, g), [r, g])) as [Value, Value];
  return Math.abs(real * Number(byReal.data[0]) + fake * Number(byFake.data[0]));
}

/** Largest difference between two losses and their gradients, `factor` times the second. */
function difference(a: Loss, b: Loss, factor: number): number {
  const measure = ({ discriminator, generator }: Loss): number[] => {
    const bench = createWorkbench();
    const real = bench.symbol('real', valueOf([-3, 0.2, 1.5, 7], [4, 1]));
    const fake = bench.symbol('fake', valueOf([2, -0.5, -9, 0.1], [4, 1]));
    const [d, g] = [discriminator(real, fake), generator(fake)];
    const values = bench.evaluate([d, g, ...grad(d, [real, fake]), ...grad(g, [fake])]);
    return values.flatMap(({ data }) => Array.from(data, Number));
  };
  const expected = measure(b);
  return Math.max(...measure(a).map((x, i) => Math.abs(x - factor * (expected[i] as number))));
}

/** A table of logits for three symbols with p = (.5, .3, .2), q = (.2, .3, .5), trained; worst |D − p/(p + q)|. */
function tableError(): number {
  const ids = (counts: readonly number[]) => counts.flatMap((n, i) => Array.from({ length: n }, () => i));
  const training = createTraining({ d: { table: valueOf([0, 0, 0]) } });
  const step = training.createUpdate({
    player: 'd',
    optimizer: sgd({ rate: 2 }),
    program({ d }) {
      const { table } = d as { readonly table: Tensor };
      const at = (counts: readonly number[]) => table.gather(constant(ids(counts), 'int32'));
      return { loss: minimax().discriminator(at([5, 3, 2]), at([2, 3, 5])) };
    },
  });
  for (let i = 0; i < 300; i++) step();
  const { table } = training.players.d as { readonly table: Value };
  const logits = Array.from(table.data, Number);
  const best = [0.5 / 0.7, 0.5, 0.2 / 0.7];
  return Math.max(...logits.map((f, i) => Math.abs(1 / (1 + Math.exp(-f)) - (best[i] as number))));
}

const [p, q] = [gaussian(0, 1), gaussian(1, 1.5)];

/** E over p + q of ½ (D* − c)² through the package's loss, twice. */
function leastSquaresDivergence(): number {
  const loss = leastSquares({ a: -1, b: 1, c: 0 });
  const half = (d: number) => {
    const bench = createWorkbench();
    return Number(
      bench.evaluate([loss.generator(bench.symbol('f', valueOf([d], undefined, 'float64')))])[0]?.data[0],
    );
  };
  return integral((x) => 2 * (p(x) + q(x)) * half((p(x) - q(x)) / (p(x) + q(x))), -12, 12, 600);
}

/** |two-term form − softmax over K + 1 logits with the last at 0|, without labels. */
function logitIdentity(): number {
  const bench = createWorkbench();
  const numbers = [
    [2, -1, 0.5, -3, 0.1, 4],
    [1, 1, -2, 0.3, -0.7, 2],
  ];
  const [real, fake] = numbers.map((list, i) =>
    bench.symbol(String(i), valueOf(list, [2, 3], 'float64')),
  ) as [Tensor, Tensor];
  const loss = semiSupervised({ supervisedWeight: 0 }).discriminator(real, fake);
  const generated = (row: readonly number[]) => 1 / (1 + row.reduce((sum, l) => sum + Math.exp(l), 0));
  const rows = (k: 0 | 1) => [0, 3].map((i) => (numbers[k] as number[]).slice(i, i + 3));
  const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
  const expected =
    -0.5 * mean(rows(0).map((row) => Math.log(1 - generated(row)))) -
    0.5 * mean(rows(1).map((row) => Math.log(generated(row))));
  return Math.abs(Number(bench.evaluate([loss])[0]?.data[0]) - expected);
}

const [pr, pg] = [0.7, 0.2];
const alpha = 0.7;
const square = (x: Tensor) => x.add(alpha).square();

/** Rows about the classical games. */
export const gameRows: readonly ClaimRow[] = [
  {
    about: 'Minimax (Goodfellow et al. 2014)',
    claim: 'a table of logits becomes p/(p + q): the largest error of D after 300 steps',
    expected: { below: 1e-6 },
    measure: tableError,
  },
  {
    about: 'Minimax (Goodfellow et al. 2014)',
    claim: 'the generator’s derivative at a logit of −8',
    expected: { exact: -3.35e-4, tolerance: 1e-6 },
    measure: () => pull(minimax(), -8),
  },
  {
    about: 'Non-saturating (Goodfellow et al. 2014)',
    claim: 'the generator’s derivative at a logit of −8',
    expected: { exact: -0.99966, tolerance: 1e-5 },
    measure: () => pull(nonSaturating(), -8),
  },
  {
    about: 'General form (Zhou et al. 2019)',
    claim: 'φ = softplus: distance from the non-saturating loss, values and gradients',
    expected: { below: 1e-6 },
    measure: () => difference(generalForm({ phi: (x) => x.softplus() }), nonSaturating(), 1),
  },
  {
    about: 'General form (Zhou et al. 2019)',
    claim: 'φ = x: distance from the Wasserstein loss',
    expected: { below: 1e-6 },
    measure: () => difference(generalForm({ phi: (x) => x }), wasserstein(), 1),
  },
  {
    about: 'General form (Zhou et al. 2019)',
    claim: 'φ = (x + α)²: distance from twice least squares with b = c = α, a = −α',
    expected: { below: 1e-6 },
    measure: () =>
      difference(generalForm({ phi: square }), leastSquares({ a: -alpha, b: alpha, c: alpha }), 2),
  },
  {
    about: 'General form (Zhou et al. 2019)',
    claim: 'φ = exp, ψ = −x: distance from the Lipschitz loss of exp',
    expected: { below: 1e-6 },
    measure: () =>
      difference(generalForm({ phi: (x) => x.exp(), psi: (x) => x.neg() }), lipschitz({ phi: 'exp' }), 1),
  },
  {
    about: 'General form (Zhou et al. 2019)',
    claim: 'softplus is at its best at log(p/q): derivative of the expected loss there',
    expected: { below: 1e-12 },
    measure: () => slack(generalForm({ phi: (x) => x.softplus() }), [pr, pg], Math.log(pr / pg)),
  },
  {
    about: 'General form (Zhou et al. 2019)',
    claim: '(x + α)² is at its best at α (p − q)/(p + q)',
    expected: { below: 1e-12 },
    measure: () => slack(generalForm({ phi: square }), [pr, pg], (alpha * (pr - pg)) / (pr + pg)),
  },
  {
    about: 'General form (Zhou et al. 2019)',
    claim: 'exp is at its best at ½ log(p/q)',
    expected: { below: 1e-12 },
    measure: () => slack(lipschitz({ phi: 'exp' }), [pr, pg], 0.5 * Math.log(pr / pg)),
  },
  {
    about: 'Least squares (Mao et al. 2017)',
    claim: 'the best D is (b p + a q)/(p + q), with (a, b, c) = (−1, 1, 0)',
    expected: { below: 1e-12 },
    measure: () => slack(leastSquares({ a: -1, b: 1, c: 0 }), [pr, pg], (pr - pg) / (pr + pg)),
  },
  {
    about: 'Least squares (Mao et al. 2017)',
    claim: 'with (−1, 1, 0) the generator’s loss is ½ χ²(p + q | 2q): twice it for N(0, 1) and N(1, 1.5)',
    expected: { exact: 0.348629, tolerance: 1e-5 },
    measure: leastSquaresDivergence,
  },
  {
    about: 'Least squares (Mao et al. 2017)',
    claim: 'a generated sample far on the right side (logit 8) still moves: |derivative|',
    expected: { exact: 7, tolerance: 1e-9 },
    measure: () => Math.abs(pull(leastSquares(), 8)),
  },
  {
    about: 'Least squares (Mao et al. 2017)',
    claim: 'where cross-entropy has',
    expected: { below: 1e-3 },
    measure: () => Math.abs(pull(nonSaturating(), 8)),
  },
  {
    about: 'Semi-supervised (Salimans et al. 2016)',
    claim: 'K logits with the last one fixed at 0 are the softmax over K + 1: difference of the losses',
    expected: { below: 1e-7 },
    measure: logitIdentity,
  },
];
