import type { Tensor } from '@ganymede/tensor';
import type { StepContext } from './step.js';

/**
 * An adversarial loss on raw logits of any shape; both functions return scalars to minimise.
 * The generator's part may look at the real logits (relativistic losses do).
 */
export interface Loss {
  discriminator(real: Tensor, fake: Tensor): Tensor;
  generator(fake: Tensor, real?: Tensor): Tensor;
}

/** What a regularizer may look at in a discriminator step. Samples are `[batch, …]`. */
export interface RegularizerInput {
  /** The discriminator at its current variables, differentiable with respect to its argument. Raw logits. */
  discriminate(samples: Tensor): Tensor;
  readonly real: Tensor;
  readonly fake: Tensor;
  readonly realLogits: Tensor;
  readonly fakeLogits: Tensor;
  readonly ctx: StepContext;
}

/** A term added to the discriminator's loss (gradient penalties, …). Returns a scalar. */
export interface Regularizer {
  readonly name: string;
  penalty(input: RegularizerInput): Tensor;
}
