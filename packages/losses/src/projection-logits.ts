import { formatShape, GanymedeError, type Tensor } from '@ganymede/tensor';

/** The parts of a projection discriminator's output, see {@link projectionLogits}. */
export interface ProjectionParts {
  /** Unconditional logits `[batch, 1]`: ψ(φ(x)). */
  readonly logits: Tensor;
  /** Features of the samples `[batch, width]`: φ(x). */
  readonly features: Tensor;
  /** The vector of each sample's class `[batch, width]`: a row of an embedding. */
  readonly classVectors: Tensor;
}

/**
 * The logits `[batch, 1]` of a projection discriminator (Miyato and Koyama 2018, eq. 3): unconditional logit + the inner product
 * of features and class vector. They are raw logits like any others, so that every loss of this package is conditional with them.
 *
 * @throws `GANYMEDE_SHAPE`
 */
export function projectionLogits({ logits, features, classVectors }: ProjectionParts): Tensor {
  const fits =
    logits.rank === 2 &&
    logits.shape[1] === 1 &&
    features.rank === 2 &&
    classVectors.rank === 2 &&
    features.shape[1] === classVectors.shape[1];
  if (fits) return logits.add(features.mul(classVectors).sum(1, true));
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message:
      'projectionLogits: expected logits [batch, 1], features and class vectors [batch, width], got ' +
      [logits, features, classVectors].map(({ shape }) => formatShape(shape)).join(', '),
    hint: 'pool the feature map to [batch, width] first; class vectors come from an embedding of that width',
  });
}
