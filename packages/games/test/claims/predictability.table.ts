import { ortBackend } from '@ganymede/backend-ort';
import { createRng } from '@ganymede/core';
import { numbersOf, type Value, valueOf } from '@ganymede/tensor';
import { type ClaimRow, once } from '@ganymede/testing';
import {
  codeQuality,
  informationPerSource,
  isFactorial,
  type Predictability,
  trainPredictability,
} from '../../src/index.js';

const about = 'Predictability minimization (Schmidhuber 1992)';
const seeds = Array.from({ length: 10 }, (_, i) => i + 1);

/** Four equally likely patterns, one-hot. */
const oneHot = valueOf([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], [4, 4]);

const backend = once(() => ortBackend({ threads: 1 }));

/** Codes of the four patterns by two units, for every seed. */
const codesOf = (unpredictability: 'maximize' | 'minimize', iterations: number) =>
  once(async () => {
    const codes: number[][][] = [];
    for (const seed of seeds) {
      const options = { units: 2, seed, iterations, unpredictability };
      codes.push((await trainPredictability(oneHot, await backend(), options)).encode(oneHot));
    }
    return codes;
  });

const published = codesOf('maximize', 2000);
const reversed = codesOf('minimize', 1000);

/** x = M b + 0.05 noise, b of four signs, x of eight numbers: 512 draws. */
function mixture(seed: number): {
  readonly patterns: Value;
  readonly signs: readonly (readonly boolean[])[];
} {
  const rng = createRng(seed);
  const count = 512;
  const draw = (name: string, size: number, distribution: Parameters<typeof rng.draw>[1]) =>
    numbersOf(rng.child(name).draw([size], distribution));
  const signs = draw('signs', 4 * count, { kind: 'integers', high: 2 }).map((b) => 2 * b - 1);
  const matrix = draw('matrix', 32, { kind: 'normal' });
  const noise = draw('noise', 8 * count, { kind: 'normal', std: 0.05 });
  const x = noise.map((e, k) => {
    const [row, column] = [Math.floor(k / 8), k % 8];
    return [0, 1, 2, 3].reduce(
      (sum, s) => sum + (matrix[4 * column + s] as number) * (signs[4 * row + s] as number),
      e,
    );
  });
  return {
    patterns: valueOf(x, [count, 8]),
    signs: Array.from({ length: count }, (_, i) => signs.slice(4 * i, 4 * i + 4).map((s) => s > 0)),
  };
}

/** The least bits over three mixtures; of three trainings of each, the one whose own objective is the lowest. */
async function leastInformation(): Promise<number> {
  const bits: number[] = [];
  for (const mixed of [1, 2, 3]) {
    const { patterns, signs } = mixture(mixed);
    const trained: Predictability[] = [];
    for (const seed of [1, 2, 3]) {
      const options = { units: 4, hidden: 8, iterations: 3000, batchSize: 64, reconstruction: 3, seed };
      trained.push(await trainPredictability(patterns, await backend(), options));
    }
    const best = trained.reduce((a, b) => (b.objective < a.objective ? b : a));
    bits.push(...informationPerSource(best.encode(patterns), signs));
  }
  return Math.min(...bits);
}

/** Rows about predictability minimization. */
export const predictabilityRows: readonly ClaimRow[] = [
  {
    about,
    claim:
      'four patterns, two units: seeds of ten that find a factorial binary code (the paper: 7, 5 and 10 of 10)',
    expected: { between: [7, 10] },
    measure: async () => (await published()).filter(isFactorial).length,
  },
  {
    about,
    claim: 'with the sign reversed: seeds of ten in which the code collapses to a constant',
    expected: { exact: 10, tolerance: 0 },
    measure: async () => (await reversed()).filter((codes) => codeQuality(codes).spread < 0.05).length,
  },
  {
    about,
    claim:
      'with reconstruction, 8 numbers mixed of 4 signs: the least bits that a unit tells of its sign, 3 mixtures, the best of 3 trainings by its objective',
    expected: { above: 0.9 },
    measure: leastInformation,
  },
];
