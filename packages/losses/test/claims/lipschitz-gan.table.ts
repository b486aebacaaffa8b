import type { Loss, Network, Regularizer } from '@ganymede/core';
import { dense, normal, sequential, tanh } from '@ganymede/nn';
import type { Tensor } from '@ganymede/tensor';
import { type ClaimRow, once } from '@ganymede/testing';
import { generalForm, leastSquares, lipschitz, maxGradientPenalty } from '../../src/index.js';
import { always, average, deviation, mlp, norm, trainCritic } from './train-critic.js';

// --- Lipschitz GAN: real (2, ±1), generated (−2, ±1)

const [realPair, fakePair] = [
  [2, 1, 2, -1],
  [-2, 1, -2, -1],
] as const;
const corners = (
  critic: Network,
  loss: Loss,
  regularizers: readonly Regularizer[],
  options: { seed?: number; steps?: number },
) =>
  trainCritic({
    critic,
    width: 2,
    real: always(realPair, 2, 8),
    fake: always(fakePair, 2, 8),
    loss,
    regularizers,
    steps: 1500,
    rate: 0.01,
    ...options,
  });
/** Cosines between the slope at each generated point and the way to its real one, after 2000 steps. */
function directions(loss: Loss, regularizers: readonly Regularizer[]): readonly number[] {
  // Weights that are large at first, and that only a penalty makes smaller.
  const large = { kernelInit: normal(0.5) };
  const critic = sequential(dense(32, large), tanh(), dense(32, large), tanh(), dense(1));
  const { slopes } = corners(critic, loss, regularizers, { steps: 2000 }).at(fakePair);
  return slopes.map((g) => (g[0] as number) / norm(g));
}
const restarts = (phi: (x: Tensor) => Tensor) =>
  [1, 2, 3].map((seed) => {
    const loss = generalForm({ phi, psi: (x) => x.neg() });
    const { logits } = corners(mlp(32, 2, tanh), loss, [maxGradientPenalty({ weight: 1 })], { seed }).at([
      ...realPair,
      ...fakePair,
    ]);
    return logits;
  });
const spread = (runs: readonly (readonly number[])[]) =>
  Math.max(...(runs[0] as readonly number[]).map((_, i) => deviation(runs.map((run) => run[i] as number))));
const strict = once(() => restarts((x) => x.softplus()));
const free = once(() => restarts((x) => x));

const zhou = 'Lipschitz GAN (Zhou et al. 2019)';
const penalty = maxGradientPenalty({ weight: 0.1 });
/** Claims about critics of Lipschitz GANs. */
export const lipschitzGanRows: readonly ClaimRow[] = [
  {
    about: zhou,
    claim:
      'after 2000 steps the slope at a generated point points to its real one (softplus): the lesser of two cosines',
    expected: { above: 0.99 },
    measure: () => Math.min(...directions(lipschitz(), [penalty])),
  },
  {
    about: zhou,
    claim: 'the same with exp',
    expected: { above: 0.99 },
    measure: () => Math.min(...directions(lipschitz({ phi: 'exp' }), [penalty])),
  },
  {
    about: zhou,
    claim:
      'where an unrestricted least squares critic of the same network points elsewhere at one of the points at least: cosine',
    expected: { below: 0.9 },
    measure: () => Math.min(...directions(leastSquares({ a: -1, b: 1, c: 0 }), [])),
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
];
