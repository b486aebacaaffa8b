import { createRng } from '@ganymede/core';
import { constant, grad, logSoftmax, numbersOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { type ClaimRow, createWorkbench, once } from '@ganymede/testing';

const rewards = [1, 0, -1, 2, 0.5];
const meanReward = 0.5;
const exact = rewards.map((r) => 0.2 * (r - meanReward));
const count = 200_000;

/** Gradient of Σ over samples of log π(a) · reward, over the number of samples, at the uniform policy. */
function scoreFunction(baseline: number): number[] {
  const actions = numbersOf(createRng(4).draw([count], { kind: 'integers', high: 5 }));
  // One action has one gradient: counting them saves 200 000 rows.
  const weights = rewards.map((r, a) => (actions.filter((x) => x === a).length * (r - baseline)) / count);
  const bench = createWorkbench();
  const theta = bench.symbol('theta', valueOf([0, 0, 0, 0, 0], [1, 5], 'float64'));
  const surrogate = logSoftmax(theta).reshape([5]).mul(constant(weights, 'float64')).sum();
  return numbersOf(bench.evaluate(grad(surrogate, [theta]))[0] as Value);
}

const farthest = (found: readonly number[]) =>
  Math.max(...found.map((x, i) => Math.abs(x - (exact[i] as number))));
const meanSquare = (baseline: number) => rewards.reduce((sum, r) => sum + 0.2 * (r - baseline) ** 2, 0);

const [mu, sigma, draws] = [0.7, 1.3, 100_000];
/** Both estimates of the gradient of E x² for x = μ + σ z: means and their standard errors, for μ and σ. */
const estimates = once(() => {
  const z = createRng(6).draw([draws], { kind: 'normal' });
  const bench = createWorkbench();
  const noise = bench.symbol('z', z);
  const scalar = (name: string, x: number) =>
    bench.symbol(name, valueOf(new Array<number>(draws).fill(x), undefined, 'float64'));
  const [m, s] = [scalar('mu', mu), scalar('sigma', sigma)] as const;
  const x = m.add(s.mul(noise));
  const pathwise = grad(x.square().sum(), [m, s]);
  // log density of a fixed sample, times its value.
  const fixed = x.stopGradient();
  const logDensity = fixed.sub(m).div(s).square().mul(-0.5).sub(s.log());
  const score = grad(logDensity.mul(fixed.square()).sum(), [m, s]);
  const summary = (t: Tensor) => {
    const list = numbersOf(bench.evaluate([t])[0] as Value);
    const mean = list.reduce((sum, v) => sum + v / draws, 0);
    const variance = list.reduce((sum, v) => sum + (v - mean) ** 2 / draws, 0);
    return { mean, error: Math.sqrt(variance / draws), variance };
  };
  return { pathwise: pathwise.map(summary), score: score.map(summary) };
});
const wanted = [2 * mu, 2 * sigma];
const inErrors = (which: 'pathwise' | 'score') =>
  Math.max(...estimates()[which].map(({ mean, error }, i) => Math.abs(mean - (wanted[i] as number)) / error));

const about = 'Gradients of a generator';
/** Rows about the two estimators of a generator's gradient. */
export const estimatorRows: readonly ClaimRow[] = [
  {
    about,
    claim: 'five actions, softmax policy: largest error of the score function’s mean over 200 000 samples',
    expected: { below: 0.01 },
    measure: () => farthest(scoreFunction(0)),
  },
  {
    about,
    claim: 'the same with the mean reward as baseline',
    expected: { below: 0.01 },
    measure: () => farthest(scoreFunction(meanReward)),
  },
  {
    about,
    claim: 'the baseline takes the mean squared reward from 1.25 to',
    expected: { exact: 1, tolerance: 1e-12 },
    measure: () => meanSquare(meanReward) / (meanSquare(0) / 1.25),
  },
  {
    about,
    claim: 'E x² for x = μ + σ z: the pathwise estimate is off (2μ, 2σ) by standard errors',
    expected: { below: 3 },
    measure: () => inErrors('pathwise'),
  },
  {
    about,
    claim: 'the score function’s is off by standard errors',
    expected: { below: 3 },
    measure: () => inErrors('score'),
  },
  {
    about,
    claim: 'variance of the score function over that of the pathwise estimate, the smaller of two',
    expected: { above: 1 },
    measure() {
      const { pathwise, score } = estimates();
      return Math.min(...score.map(({ variance }, i) => variance / (pathwise[i]?.variance ?? Number.NaN)));
    },
  },
];
