import { GanymedeError, type Value } from '@ganymede/tensor';

/** Feature vectors, one a row: a float `[count, size]`. */
export interface Rows {
  readonly data: Float32Array | Float64Array;
  readonly count: number;
  readonly size: number;
}

/**
 * Views a value as rows: rank 2 as it is, higher ranks flattened behind the first axis. Throws `GANYMEDE_FEATURE_SIZE` for other
 * ranks, whole numbers, or rows of no length.
 */
export function rowsOf({ dtype, shape, data }: Value): Rows {
  const count = shape[0] ?? 0;
  const size = shape.slice(1).reduce((product, d) => product * d, 1);
  if (shape.length < 2 || size === 0 || (dtype !== 'float32' && dtype !== 'float64')) {
    throw new GanymedeError('GANYMEDE_FEATURE_SIZE', {
      message: `expected feature vectors, float [count, size], got ${dtype} [${shape.join(', ')}]`,
      hint: 'give one row of numbers for each sample',
    });
  }
  return { data: data as Float32Array | Float64Array, count, size };
}

/** Both sets as rows. Throws `GANYMEDE_FEATURE_SIZE` where their sizes differ. */
export function twoRows(real: Value, fake: Value): readonly [Rows, Rows] {
  const [a, b] = [rowsOf(real), rowsOf(fake)];
  if (a.size === b.size) return [a, b];
  throw new GanymedeError('GANYMEDE_FEATURE_SIZE', {
    message: `expected equally many features of both sets, got ${a.size} of real samples and ${b.size} of generated ones`,
    hint: 'both sets of samples must go through the same feature network',
  });
}

/** Throws `GANYMEDE_TOO_FEW_SAMPLES` where a set has fewer than `least` rows. */
export function requireRows(what: string, least: number, ...sets: readonly Rows[]): void {
  const short = sets.find(({ count }) => count < least);
  if (short === undefined) return;
  throw new GanymedeError('GANYMEDE_TOO_FEW_SAMPLES', {
    message: `${what} needs at least ${least} samples of each set, got ${sets.map(({ count }) => count).join(' and ')}`,
    hint: 'ask for more samples (option count), or lower what asks for as many',
    data: { needed: least, counts: sets.map(({ count }) => count) },
  });
}

/** The mean row, summed in float64. */
export function meanRow({ data, count, size }: Rows): Float64Array {
  const mean = new Float64Array(size);
  for (let i = 0, at = 0; i < count; i++) for (let j = 0; j < size; j++) mean[j]! += data[at++] as number;
  for (let j = 0; j < size; j++) mean[j]! /= count;
  return mean;
}
