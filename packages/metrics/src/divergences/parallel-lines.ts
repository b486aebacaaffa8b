import type { Divergences } from './divergences.js';

/**
 * The distance between the laws of (0, Z) and (theta, Z), Z uniform on [0, 1] (Arjovsky et al. 2017, example 1): W1 is |theta|, while
 * KL, JS and TV are the same for every theta but 0, so that only W1 says which way to go.
 */
export function parallelLines(theta: number): Divergences {
  const apart = theta !== 0;
  const kl = apart ? Number.POSITIVE_INFINITY : 0;
  return { kl, reverseKl: kl, js: apart ? Math.LN2 : 0, tv: apart ? 1 : 0, w1: Math.abs(theta) };
}
