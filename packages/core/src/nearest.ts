import { distance } from 'fastest-levenshtein';

/**
 * The candidate nearest to `word` by edit distance, or undefined where none is near enough to be meant (more than a third
 * of its letters, and at least 2, would have to change). Letter case does not count.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let smallest = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const d = distance(word.toLowerCase(), candidate.toLowerCase());
    if (d < smallest) {
      smallest = d;
      best = candidate;
    }
  }
  return smallest <= Math.max(2, Math.floor(word.length / 3)) ? best : undefined;
}

/** `did you mean "dcgan"?`, or undefined where nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const match = nearest(word, candidates);
  return match === undefined ? undefined : `did you mean "${match}"?`;
}
