import { grad, greater, type Tensor, where } from '@ganymede/tensor';

/** All axes but the batch. */
export const sampleAxes = (x: Tensor): readonly number[] => x.shape.map((_, i) => i).slice(1);

/**
 * Squared Euclidean norm of the derivative of each sample's logits (summed over patches) with respect to that sample: `[batch]`.
 * The sum over the batch is differentiated once; samples do not meet in a discriminator without batch statistics.
 */
export function squaredSlopes(logits: Tensor, samples: Tensor): Tensor {
  const [slope] = grad(logits.sum(), [samples]) as [Tensor];
  return slope.mul(slope).sum(sampleAxes(samples));
}

/** √x with derivative 0 at 0, where the true one is infinite and would turn into NaN. x at least 0. */
export function safeSqrt(x: Tensor): Tensor {
  const positive = greater(x, 0);
  return where(positive, where(positive, x, 1).sqrt(), 0);
}
