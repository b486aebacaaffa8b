import { createRng, type Rng } from '@ganymede/core';
import { GanymedeError, type Value } from '@ganymede/tensor';
import { type ProductOptions, withProducts } from '../compute/products.js';
import { type Rows, twoRows } from '../compute/rows.js';
import type { Progress } from '../progress.js';
import { type BootstrapOptions, type Interval, meanOfValues } from '../statistics/bootstrap.js';
import { discrepancyInterval } from './maximum-mean-discrepancy.js';
import { polynomialDiscrepancy, type PolynomialKernel } from './polynomial-discrepancy.js';

/** Options of {@link kernelInceptionDistance}. */
export interface KernelInceptionDistanceOptions extends ProductOptions, PolynomialKernel, BootstrapOptions {
  /** Random subsets averaged. @defaultValue 100 */
  readonly subsets?: number;
  /** Samples of each set in a subset. @defaultValue 1000, or as many as there are if they are fewer */
  readonly subsetSize?: number;
  /** Chooses the subsets. @defaultValue seed 0 */
  readonly rng?: Rng;
  readonly progress?: Progress | undefined;
}

/** A kernel distance over subsets. */
export interface KernelInceptionDistance {
  /** Mean over the subsets: unbiased, and negative as often as positive for equal distributions. */
  readonly value: number;
  /** Standard deviation over the subsets, as published with KID. Not the error of the mean: {@link interval} is. */
  readonly std: number;
  readonly interval: Interval | undefined;
  readonly subsets: number;
  readonly subsetSize: number;
}

/** Some rows, in float64. */
function pick({ data, size }: Rows, indices: Uint32Array): Rows {
  const out = new Float64Array(indices.length * size);
  indices.forEach((index, i) => {
    out.set(data.subarray(index * size, (index + 1) * size), i * size);
  });
  return { data: out, count: indices.length, size };
}

/**
 * Kernel inception distance (Bińkowski et al. 2018): the unbiased squared MMD with the kernel `(x·y / size + 1)³`, mean over random
 * subsets. Features `[count, size]` of real and generated samples; lower is better, 0 in the mean for equal distributions, and
 * unlike FID not biased by the count.
 *
 * Throws `GANYMEDE_TOO_FEW_SAMPLES` for subsets larger than a set, `GANYMEDE_FEATURE_SIZE`.
 */
export async function kernelInceptionDistance(
  real: Value,
  fake: Value,
  options: KernelInceptionDistanceOptions = {},
): Promise<KernelInceptionDistance> {
  const [a, b] = twoRows(real, fake);
  const fewest = Math.min(a.count, b.count);
  const { subsets = 100, subsetSize = Math.min(1000, fewest), rng = createRng(0), progress } = options;
  if (subsetSize > fewest || subsetSize < 2) {
    throw new GanymedeError('GANYMEDE_TOO_FEW_SAMPLES', {
      message: `KID of subsets of ${subsetSize} samples needs at least as many (and 2) of each set, got ${a.count} and ${b.count}`,
      hint: 'ask for more samples (option count), or smaller subsets (option subsetSize)',
      data: { needed: Math.max(subsetSize, 2), counts: [a.count, b.count] },
    });
  }
  const values: number[] = [];
  const sides = [shares(a.count), shares(b.count)] as const;
  await withProducts(options, async (products) => {
    for (let subset = 0; subset < subsets; subset++) {
      const chosen = [a, b].map((rows, side) =>
        rng
          .child(side === 0 ? 'real' : 'fake')
          .permutation(rows.count, subset)
          .slice(0, subsetSize),
      ) as [Uint32Array, Uint32Array];
      const found = await polynomialDiscrepancy(pick(a, chosen[0]), pick(b, chosen[1]), products, options);
      sides[0].add(chosen[0], found.real);
      sides[1].add(chosen[1], found.fake);
      values.push(found.value);
      progress?.(subset + 1, subsets);
    }
  });
  const value = meanOfValues(values);
  const std = Math.sqrt(meanOfValues(values.map((x) => (x - value) ** 2)));
  const [r, f] = [sides[0].means(), sides[1].means()];
  const interval = discrepancyInterval({ value, real: r, fake: f }, rng.child('bootstrap'), options);
  return { value, std, interval, subsets, subsetSize };
}

/** Gathers what each sample adds, over the subsets that it is in. */
function shares(count: number) {
  const sums = new Float64Array(count);
  const times = new Uint32Array(count);
  return {
    add(indices: Uint32Array, values: Float64Array) {
      indices.forEach((index, i) => {
        sums[index]! += values[i]!;
        times[index]! += 1;
      });
    },
    means: () => sums.map((sum, i) => sum / times[i]!).filter((x) => !Number.isNaN(x)),
  };
}
