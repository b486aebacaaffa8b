import { GanymedeError } from '@ganymede/tensor';

/** What a classifier's answers say about samples. */
export interface ClassScores {
  /** Entropy of the histogram of predicted classes, in nats: 0 when all samples fall in one class, ln K when equally in K. */
  readonly classEntropy: number;
  /** Mean of the largest class probability, 1/K … 1: how much single samples look like a class. */
  readonly confidence: number;
  /** Samples per predicted class. */
  readonly histogram: readonly number[];
}

/** Entropy in nats of a histogram; empty classes add nothing, an empty histogram has none. */
export function histogramEntropy(histogram: readonly number[]): number {
  const total = histogram.reduce((sum, n) => sum + n, 0);
  return histogram.reduce((sum, n) => (n === 0 ? sum : sum - (n / total) * Math.log(n / total)), 0);
}

/**
 * Class entropy and mean confidence of samples from a classifier's probabilities, row-major `[count, classes]`. A generator
 * that covers the classes with clear samples scores high in both; Inception-score-like, with the classifier at hand.
 *
 * Throws `GANYMEDE_FEATURE_SIZE` where `probabilities` holds no whole number of rows, or none.
 */
export function classScores(probabilities: ArrayLike<number>, classes: number): ClassScores {
  const count = probabilities.length / classes;
  if (count < 1 || !Number.isInteger(count)) {
    throw new GanymedeError('GANYMEDE_FEATURE_SIZE', {
      message: `expected rows of ${classes} class probabilities, got ${probabilities.length} numbers`,
    });
  }
  const histogram = new Array<number>(classes).fill(0);
  let confidence = 0;
  for (let row = 0; row < count; row++) {
    let best = 0;
    for (let k = 1; k < classes; k++) {
      if ((probabilities[row * classes + k] as number) > (probabilities[row * classes + best] as number))
        best = k;
    }
    histogram[best]! += 1;
    confidence += probabilities[row * classes + best] as number;
  }
  return { classEntropy: histogramEntropy(histogram), confidence: confidence / count, histogram };
}
