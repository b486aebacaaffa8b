/** log s(t) for s(t) = 1/(1 + e^−t), without overflow. */
const logSigmoid = (t: number): number => (t > 0 ? -Math.log1p(Math.exp(-t)) : t - Math.log1p(Math.exp(t)));

/**
 * The discriminator's gain when N generators face it as a mean field (Cao, Guo and Lauriere 2020, section 2.2): the mean over all pairs of
 * log[D(X_j) (1 − D(G(Z_k)))], from the raw logits of M real and N generated samples. O(M N).
 */
export function paretoValue(realLogits: ArrayLike<number>, fakeLogits: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < realLogits.length; j++) {
    const real = logSigmoid(realLogits[j] as number);
    let row = 0;
    for (let k = 0; k < fakeLogits.length; k++) row += real + logSigmoid(-(fakeLogits[k] as number));
    sum += row;
  }
  return sum / realLogits.length / fakeLogits.length;
}

/**
 * The GAN's value on the same logits: mean log D over the real samples plus mean log(1 − D) over the generated ones. The logarithm makes
 * the pairs of {@link paretoValue} come apart, so the two are one number: a GAN is the game of a generator among many.
 */
export function ganValue(realLogits: ArrayLike<number>, fakeLogits: ArrayLike<number>): number {
  const mean = (xs: ArrayLike<number>, sign: 1 | -1): number => {
    let sum = 0;
    for (let i = 0; i < xs.length; i++) sum += logSigmoid(sign * (xs[i] as number));
    return sum / xs.length;
  };
  return mean(realLogits, 1) + mean(fakeLogits, -1);
}
