import { GanymedeError, type Tensor, type Value } from '@ganymede/tensor';

/** A player of a {@link SampledGame}, and of its stochastic differential equation. */
export type SampledPlayer = 'generator' | 'discriminator';

/**
 * A GAN as the theory of its training sees it: parameters of two players and a finite set of samples, of which each update averages
 * a minibatch drawn with replacement. A sample holds whatever one term of the loss needs, such as a real point beside a latent.
 */
export interface SampledGame {
  /** Number of the generator's parameters θ. */
  readonly generator: number;
  /** Number of the discriminator's parameters ω. */
  readonly discriminator: number;
  /** `[M, s]`: sample j is row j; all weigh the same. */
  readonly samples: Value;
  /**
   * J, row by row: parameters `[R, generator]` and `[R, discriminator]`, samples `[R, s]`, values `[R]`, row r of row r alone. The
   * generator descends it, the discriminator ascends it.
   */
  objective(theta: Tensor, omega: Tensor, sample: Tensor): Tensor;
  /** What the generator descends instead, where the game is not of sum zero (the non-saturating loss). */
  readonly generatorObjective?: (theta: Tensor, omega: Tensor, sample: Tensor) => Tensor;
}

/** Number of samples and numbers per sample. Throws GANYMEDE_BAD_GAME unless samples are a matrix and each player has a parameter. */
export function sizesOf({ generator, discriminator, samples }: SampledGame): {
  readonly count: number;
  readonly width: number;
} {
  const [count, width] = samples.shape;
  if (samples.shape.length === 2 && count && width && generator >= 1 && discriminator >= 1)
    return { count, width };
  throw new GanymedeError('GANYMEDE_BAD_GAME', {
    message:
      'a sampled game: expected samples [M, s] and at least one parameter per player, received samples ' +
      `[${samples.shape.join(', ')}], ${generator} and ${discriminator} parameters`,
    hint: 'put what one term of the loss reads into one row of `samples`',
  });
}
