import { ortBackend } from '@ganymede/backend-ort';
import { type ClaimRow, once } from '@ganymede/testing';
import {
  firstOrderErgodicGame,
  type MeanFieldGame,
  type MeanFieldReport,
  secondOrderErgodicGame,
  solveMeanFieldGame,
  type SolveMeanFieldOptions,
} from '../../src/index.js';

const about = 'Mean-field games by a GAN (Cao, Guo and Lauriere 2020)';

/** A report, and the seconds of processor time that the training took: what a machine's other work does not change. */
type Solved = MeanFieldReport & { readonly seconds: number; readonly history: readonly MeanFieldReport[] };

const solve = (
  game: MeanFieldGame,
  options: Omit<SolveMeanFieldOptions, 'backend'>,
): (() => Promise<Solved>) =>
  once(async () => {
    const backend = await ortBackend({ device: 'cpu', threads: 1 });
    const began = process.cpuUsage();
    const { report, history } = await solveMeanFieldGame(game, { backend, ...options });
    const { user, system } = process.cpuUsage(began);
    await backend.dispose();
    return { ...report, history, seconds: (user + system) / 1e6 };
  });

const firstOrder = solve(firstOrderErgodicGame(), {
  iterations: 36_000,
  every: 12_000,
  batch: 128,
  rate: 2e-3,
  // Without viscosity at the end gradients become tiny: Adam has to follow.
  beta2: 0.9,
  epsilon: 1e-12,
});
const oneDimensional = solve(secondOrderErgodicGame(1), { iterations: 8000, every: 4000 });
const fourDimensional = solve(secondOrderErgodicGame(4), { iterations: 30_000, every: 10_000 });

const row = (claim: string, below: number, measure: () => Promise<number>): ClaimRow => ({
  about,
  claim,
  expected: { below },
  measure,
});

/** Relative errors of u and m, averaged over the second half of a training at constant rate; the median of three seeds. */
const atRate = (rate: number): (() => Promise<{ readonly value: number; readonly density: number }>) =>
  once(async () => {
    const errors: { value: number; density: number }[] = [];
    for (const seed of [1, 2, 3]) {
      const options = { rate, seed, decay: 'none', iterations: 12_000, every: 50 } as const;
      const { history } = await solve(secondOrderErgodicGame(1), options)();
      const late = history.slice(history.length / 2);
      const mean = (of: 'value' | 'density') =>
        late.reduce((sum, { errors: e }) => sum + (e?.[of] ?? Number.NaN) / late.length, 0);
      errors.push({ value: mean('value'), density: mean('density') });
    }
    const median = (of: 'value' | 'density') => errors.map((e) => e[of]).sort((a, b) => a - b)[1] as number;
    return { value: median('value'), density: median('density') };
  });

const [fast, middle, slow] = [atRate(1e-2), atRate(3e-3), atRate(1e-3)];

export const meanFieldRows: readonly ClaimRow[] = [
  row(
    'first order, d = 1: relative L² error of m',
    0.02,
    async () => (await firstOrder()).errors?.density ?? Number.NaN,
  ),
  row(
    'first order, d = 1: L² norm of u, which is 0',
    0.02,
    async () => (await firstOrder()).errors?.value ?? Number.NaN,
  ),
  {
    about,
    claim: 'first order, d = 1: H̄',
    expected: { exact: 0.23591, tolerance: 0.01 },
    measure: async () => (await firstOrder()).constant,
  },
  row('first order, d = 1: root mean square of the HJB residual', 1e-3, async () =>
    Math.sqrt((await firstOrder()).hjb),
  ),
  row('first order, d = 1: root mean square of the Fokker-Planck residual', 1e-3, async () =>
    Math.sqrt((await firstOrder()).fokkerPlanck),
  ),
  row('first order, d = 1: seconds of one core', 180, async () => (await firstOrder()).seconds),
  row(
    'second order, d = 1: relative L² error of u',
    0.05,
    async () => (await oneDimensional()).errors?.value ?? Number.NaN,
  ),
  row(
    'second order, d = 1: relative L² error of m',
    0.05,
    async () => (await oneDimensional()).errors?.density ?? Number.NaN,
  ),
  row(
    'second order, d = 4: relative L² error of u',
    0.15,
    async () => (await fourDimensional()).errors?.value ?? Number.NaN,
  ),
  row(
    'second order, d = 4: relative L² error of m',
    0.15,
    async () => (await fourDimensional()).errors?.density ?? Number.NaN,
  ),
  row('second order, d = 4: seconds of one core', 600, async () => (await fourDimensional()).seconds),
  ...(['value', 'density'] as const).flatMap((of) => {
    const name = of === 'value' ? 'u' : 'm';
    return [
      row(
        `error of ${name} at rate 3e-3 over that at 1e-2, median of 3 seeds`,
        1,
        async () => (await middle())[of] / (await fast())[of],
      ),
      row(
        `error of ${name} at rate 1e-3 over that at 3e-3, median of 3 seeds`,
        1,
        async () => (await slow())[of] / (await middle())[of],
      ),
    ];
  }),
];
