import type { Shape, Tensor, Value } from '@ganymede/tensor';
import type { Tree } from './network.js';
import type { StepContext } from './step.js';

/** Something of the real batch and the same of the generated one. */
export interface Sides<T> {
  readonly real?: T;
  readonly fake?: T;
}

/** What a loss may look at besides the logits; an algorithm hands over what it has. Everything is `[batch, …]`. */
export interface LossInput {
  /** The samples that the logits are of. */
  readonly samples?: Sides<Tensor>;
  /** Activations of a layer of the discriminator, `[batch, …]`. */
  readonly features?: Sides<Tensor>;
  /** Logits of an auxiliary classifier, `[batch, classes]`. */
  readonly classes?: Sides<Tensor>;
  /** Class of each sample, int32 or int64 `[batch]`, from 0. */
  readonly labels?: Sides<Tensor>;
  /** The discriminator's logits at samples of a base measure between data and model. */
  readonly base?: Tensor;
  /** For numbers that change over a run, such as smoothed labels. */
  readonly ctx?: StepContext;
}

/**
 * An adversarial loss on raw logits of any shape; both functions return scalars to minimise.
 * The generator's part may look at the real logits (relativistic losses do), both at more than logits (class labels, features).
 */
export interface Loss {
  discriminator(real: Tensor, fake: Tensor, input?: LossInput): Tensor;
  generator(fake: Tensor, real?: Tensor, input?: LossInput): Tensor;
}

/** What a regularizer may look at. Samples are `[batch, …]`. */
export interface RegularizerInput {
  /** The discriminator at its current variables, differentiable with respect to its argument. Raw logits. */
  discriminate(samples: Tensor): Tensor;
  readonly real: Tensor;
  readonly fake: Tensor;
  readonly realLogits: Tensor;
  readonly fakeLogits: Tensor;
  readonly ctx: StepContext;
  /** The trained parameters of the regularized network. */
  readonly params?: Tree<Tensor>;
  /** The regularizer's own state, of the form that its `init` made. */
  readonly state?: Tree<Tensor>;
  /** What `fake` was made from; then `fake` is differentiable with respect to it. For regularizers of the generator. */
  readonly latent?: Tensor;
}

/** A term added to a network's loss (gradient penalties, …), a rule for its parameters (weight clipping), or both. */
export interface Regularizer {
  readonly name: string;
  /** The network whose loss gets the term. Default: the discriminator. */
  readonly of?: 'discriminator' | 'generator';
  /** The term: a scalar. Next values of the state go to `ctx.updateBuffer(name, next)`. */
  penalty(input: RegularizerInput): Tensor;
  /** Initial state, for batches of samples of `shape`; kept between the steps. Default: none. */
  init?(shape: Shape): Tree<Value>;
  /** What the parameters become after each update. Default: what they are. */
  project?(params: Tree<Tensor>): Tree<Tensor>;
}
