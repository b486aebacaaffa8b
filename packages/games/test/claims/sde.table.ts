import { ortBackend } from '@ganymede/backend-ort';
import { numbersOf } from '@ganymede/tensor';
import { type ClaimRow, once } from '@ganymede/testing';
import {
  affineGradients,
  certain,
  fluctuationDissipation,
  linearQuadraticGame,
  pathMeans,
  simulateSde,
  simulateTraining,
  stationaryMoments,
  trainingMoments,
  weakErrors,
} from '../../src/index.js';

const about = 'SDE of GAN training (Cao and Guo 2020)';
const rates = [0.1, 0.05, 0.025, 0.0125, 0.00625];
const start = { theta: [0.2], omega: [0.1] };
const game = linearQuadraticGame();

const first = once(() => weakErrors(game, { rates, start }));
const uncorrected = once(() => weakErrors(game, { rates, start, corrected: false }));
const second = once(() => weakErrors(game, { rates, start, moment: 2 }));

/** One row for each rate: three digits of the error, and the order between neighbours. */
const tableRows = (
  what: string,
  measured: () => ReturnType<typeof weakErrors>,
  errors: readonly number[],
  orders: readonly number[],
): ClaimRow[] => [
  ...errors.map((exact, i) => ({
    about,
    claim: `weak error of the means ${what}, rate ${rates[i]}`,
    expected: { exact, tolerance: 0.005 * exact },
    measure: () => measured().errors[i] as number,
  })),
  ...orders.map((exact, i) => ({
    about,
    claim: `order of that between rates ${rates[i]} and ${rates[i + 1]}, ${what}`,
    expected: { exact, tolerance: 0.005 },
    measure: () => measured().orders[i] as number,
  })),
];

export const sdeRows: readonly ClaimRow[] = [
  ...tableRows(
    'with the corrected drift',
    first,
    [1.35e-3, 3.32e-4, 8.26e-5, 2.06e-5, 5.14e-6],
    [2.02, 2.01, 2, 2],
  ),
  ...tableRows(
    'without the correction',
    uncorrected,
    [2.59e-2, 1.28e-2, 6.34e-3, 3.16e-3, 1.58e-3],
    [1.02, 1.01, 1, 1],
  ),
  ...[Math.min, Math.max].map((pick, i) => ({
    about,
    claim: `${i === 0 ? 'smallest' : 'largest'} order of the second moments' weak error`,
    expected: { between: [1.8, 2.2] as const },
    measure: () => pick(...second().orders),
  })),
  {
    about,
    claim: 'stationary variance · B/η over rates 0.02 to 0.005 and minibatches 1 to 4: largest over smallest',
    expected: { between: [1, 1.1] },
    measure() {
      const scaled = [
        [0.02, 1],
        [0.01, 1],
        [0.01, 4],
        [0.005, 2],
      ].flatMap(([rate, batch]) => {
        const options = { rate: rate as number, batch: batch as number };
        const { covariance } = stationaryMoments(game, options);
        return ((covariance[0] as number[])[0] as number) * (options.batch / options.rate);
      });
      return Math.max(...scaled) / Math.min(...scaled);
    },
  },
  {
    about: 'Fluctuation-dissipation (Yaida 2018)',
    claim: "standard errors between the generator's ratio and 1, 4000 steps of a settled game",
    expected: { below: 4 },
    async measure() {
      const { mean } = stationaryMoments(game, { rate: 0.1 });
      const settled = { theta: [mean[0] as number], omega: [mean[1] as number] };
      const records = await simulateTraining(game, { start: settled, rate: 0.1, steps: 4000 });
      const path = records.map(({ theta }) => numbersOf(theta));
      const { ratio, error } = fluctuationDissipation(path, { rate: 0.1 });
      return Math.abs(ratio - 1) / error;
    },
  },
];

/** 200 000 paths of the equation against the exact mean of training, in standard errors. */
const simulated = once(async () => {
  const wide = linearQuadraticGame({ spread: 1 });
  const rate = 0.025;
  const steps = 40;
  const backend = await ortBackend({ device: 'cpu' });
  const step = trainingMoments(affineGradients(wide), { rate });
  let moments = certain([0.2, 0.1]);
  for (let i = 0; i < steps; i++) moments = step(moments);
  const gaps = async (corrected: boolean, paths: number) => {
    const options = { start, rate, steps, paths, every: steps, backend, corrected };
    const records = await simulateSde(wide, options);
    const last = records.at(-1) as (typeof records)[0];
    return pathMeans(last).map(({ mean, error }, i) => Math.abs(mean - moments.get(i, 2)) / error);
  };
  const all = { corrected: await gaps(true, 200_000), plain: await gaps(false, 20_000) };
  await backend.dispose();
  return all;
});

export const simulatedSdeRows: readonly ClaimRow[] = [
  ...['θ', 'ω'].map((name, i) => ({
    about,
    claim: `standard errors between the mean ${name} of 200 000 simulated paths and that of training, η = 0.025, T = 1`,
    expected: { below: 3 },
    measure: async () => (await simulated()).corrected[i] as number,
  })),
  {
    about,
    claim: 'the same for θ without the correction of the drift, 20 000 paths: it is seen',
    expected: { above: 6 },
    measure: async () => (await simulated()).plain[0] as number,
  },
];
