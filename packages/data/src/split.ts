import { createRng, type Dataset } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';
import { subset } from './subset.js';

/** How many examples the first part gets: a share of them or a number; and the seed of the choice (default 1). */
export type SplitOptions = ({ readonly fraction: number } | { readonly count: number }) & {
  readonly seed?: number;
};

/**
 * Splits a dataset at random in two that share no example and together hold all:
 * `const { first: train, rest: test } = split(data, { fraction: 0.9 })`. The same seed gives the same split.
 *
 * @throws `GANYMEDE_DATA_SPLIT` where a part would be empty
 */
export function split(
  dataset: Dataset,
  options: SplitOptions,
): { readonly first: Dataset; readonly rest: Dataset } {
  const { length, summary } = dataset;
  const count = 'count' in options ? options.count : Math.round(options.fraction * length);
  if (!Number.isInteger(count) || count < 1 || count >= length) {
    const asked = 'count' in options ? `count ${options.count}` : `fraction ${options.fraction}`;
    throw new GanymedeError('GANYMEDE_DATA_SPLIT', {
      message: `cannot split ${length} examples at ${asked}: both parts need at least one`,
      hint: `use a count from 1 to ${length - 1}, or a fraction between 0 and 1`,
      data: { length, ...options },
    });
  }
  const order = createRng(options.seed ?? 1)
    .child('split')
    .permutation(length);
  const part = (from: number, to: number, name: string): Dataset => ({
    // Sorted, so that neighbours in a file stay neighbours in memory; a run shuffles anyway.
    ...subset(dataset, order.slice(from, to).sort()),
    summary: `${name} ${to - from} of ${summary}`,
  });
  return { first: part(0, count, 'first'), rest: part(count, length, 'other') };
}
