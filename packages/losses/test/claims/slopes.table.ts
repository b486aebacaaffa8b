import { createRng, type Loss, type Regularizer } from '@ganymede/core';
import { dense, rmsprop, sequential } from '@ganymede/nn';
import { concat, numbersOf } from '@ganymede/tensor';
import { type ClaimRow, once } from '@ganymede/testing';
import {
  gradientPenalty,
  maxGradientPenalty,
  minimax,
  wasserstein,
  weightClipping,
} from '../../src/index.js';
import { always, average, type Draw, mlp, norm, normals, sigmoid, trainCritic } from './train-critic.js';

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
/** The critic's difference between the points, and its slope half way. */
const between = (weight: number, oneSided: boolean) =>
  once(() => {
    const { logits, slopes } = pairOf(wasserstein(), gradientPenalty({ weight, oneSided })).at([
      0, 0, 3, 4, 1.5, 2,
    ]);
    return {
      difference: (logits[0] as number) - (logits[1] as number),
      slope: norm(slopes[2] as readonly number[]),
    };
  });
const penalized = { 10: between(10, false), 100: between(100, false) };
/** Slopes where both distributions are the same. */
const onItself = (regularizer: Regularizer): readonly number[] => {
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
  return at(points).slopes.map(norm);
};

// --- Weight clipping on N(0, 0.5) and N(4, 0.5)

const clipped = once(() => {
  const { at } = trainCritic({
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
  return (Math.max(...slopes) - Math.min(...slopes)) / Math.max(...slopes);
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
/** What a trained D says of JS between lines 0.1 apart, and how that changes with their distance. */
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
  const { logits, slopes } = at([0, 0.5, 0.1, 0.5]);
  const [r, g] = logits as [number, number];
  return {
    value: (Math.log(4) + Math.log(sigmoid(r)) + Math.log(1 - sigmoid(g))) / 2,
    slope: Math.abs((sigmoid(g) * (slopes[1]?.[0] as number)) / 2),
  };
});

/** Claims about the slopes of critics that are trained to the end. */
export const slopeRows: readonly ClaimRow[] = [
  ...([10, 100] as const).flatMap((weight): ClaimRow[] => [
    {
      about: 'WGAN-GP (Gulrajani et al. 2017)',
      claim: `two points at distance 5, λ ${weight}: the critic’s difference is 5 (1 + 5 / 2λ)`,
      expected: { exact: 5 * (1 + 2.5 / weight), tolerance: 0.03 * 5 * (1 + 2.5 / weight) },
      measure: () => penalized[weight]().difference,
    },
    {
      about: 'WGAN-GP (Gulrajani et al. 2017)',
      claim: `and its slope is 1 + 5 / 2λ, λ ${weight}`,
      expected: { exact: 1 + 2.5 / weight, tolerance: 0.03 * (1 + 2.5 / weight) },
      measure: () => penalized[weight]().slope,
    },
  ]),
  {
    about: 'WGAN-LP (Petzka et al. 2018)',
    claim: 'the same with the one-sided penalty, λ 10: the slope',
    expected: { exact: 1.25, tolerance: 0.0375 },
    measure: () => between(10, true)().slope,
  },
  {
    about: 'WGAN-LP (Petzka et al. 2018)',
    claim: 'with P = Q the two-sided penalty drives the mean slope to 1 all the same',
    expected: { above: 0.8 },
    measure: () => average(onItself(gradientPenalty())),
  },
  {
    about: 'Lipschitz GAN (Zhou et al. 2019)',
    claim: 'with P = Q the max gradient penalty makes the critic flat: the largest slope',
    expected: { below: 0.05 },
    measure: () => Math.max(...onItself(maxGradientPenalty({ weight: 10 }))),
  },
  {
    about: 'WGAN (Arjovsky et al. 2017)',
    claim: 'between N(0, 0.5) and N(4, 0.5), from 1.5 to 2.5, the slope of a critic clipped to 0.1 varies by',
    expected: { below: 0.2 },
    measure: clipped,
  },
  {
    about: 'WGAN (Arjovsky et al. 2017)',
    claim: 'where that of a trained D is, at the generated mode',
    expected: { below: 1e-3 },
    measure: sureSlope,
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
    measure: () => lineDivergence().value,
  },
  {
    about: 'Parallel lines (Arjovsky et al. 2017)',
    claim: 'and tells nothing of θ: the derivative of what it says',
    expected: { below: 1e-3 },
    measure: () => lineDivergence().slope,
  },
];
