import type { Products } from '../compute/products.js';
import { requireRows, type Rows } from '../compute/rows.js';
import {
  type Discrepancy,
  discrepancyOf,
  emptyKernelSums,
  type KernelSums,
} from './maximum-mean-discrepancy.js';

/** The kernel `(γ x·y + offset)^degree`. */
export interface PolynomialKernel {
  /** @defaultValue 3 */
  readonly degree?: number;
  /** @defaultValue 1 / number of features */
  readonly gamma?: number;
  /** @defaultValue 1 */
  readonly offset?: number;
}

const doubles = ({ data }: Rows): Float64Array =>
  data instanceof Float64Array ? data : new Float64Array(data);

/**
 * The unbiased squared MMD of two sets with a polynomial kernel: KID of all of them at once (Bińkowski et al. 2018, section 4).
 * Holds the kernel matrix, so it is for sets of some thousand. Throws `GANYMEDE_TOO_FEW_SAMPLES` below 2.
 */
export async function polynomialDiscrepancy(
  real: Rows,
  fake: Rows,
  products: Products,
  { degree = 3, gamma = 1 / real.size, offset = 1 }: PolynomialKernel = {},
): Promise<Discrepancy> {
  requireRows('a kernel distance', 2, real, fake);
  const kernel = (product: number): number => {
    const base = gamma * product + offset;
    return degree === 3 ? base * base * base : base ** degree;
  };
  const [x, y] = [doubles(real), doubles(fake)];
  const sums = emptyKernelSums(real.count, fake.count);
  addPairs(await products.cross(x, x, real.size), real.count, kernel, sums.realOwn);
  addPairs(await products.cross(y, y, real.size), fake.count, kernel, sums.fakeOwn);
  addCross(await products.cross(x, y, real.size), kernel, sums);
  return discrepancyOf(sums);
}

/** Adds the kernel of every sample with all others of its set. */
function addPairs(
  products: ArrayLike<number>,
  count: number,
  kernel: (product: number) => number,
  sums: Float64Array,
): void {
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const k = kernel(products[i * count + j] as number);
      sums[i]! += k;
      sums[j]! += k;
    }
  }
}

function addCross(
  products: ArrayLike<number>,
  kernel: (product: number) => number,
  { realCross, fakeCross }: KernelSums,
): void {
  const columns = fakeCross.length;
  for (let i = 0; i < realCross.length; i++) {
    for (let j = 0; j < columns; j++) {
      const k = kernel(products[i * columns + j] as number);
      realCross[i]! += k;
      fakeCross[j]! += k;
    }
  }
}
