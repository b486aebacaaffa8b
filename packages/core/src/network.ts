import type { Shape, Tensor, Value } from '@ganymede/tensor';
import type { ConditionTypes } from './conditions.js';
import type { StepContext } from './step.js';
import type { Rng } from './rng.js';

/** Named leaves, nested: a network's variables, gradients, optimizer slots. Paths join keys with `/`. */
export interface Tree<T> {
  readonly [name: string]: T | Tree<T>;
}

/**
 * A network: pure, without hidden state. Layers, generators and discriminators are networks.
 *
 * `init` makes the variables for inputs of `shape` (batch dimension included; its size does not matter) and, if the network looks
 * at any, conditions of these types; `apply` is a tensor program, told its conditions by the context (`withConditions`). Leaves whose path (relative to this network) is in `buffers` are not trained: running statistics, spectral-norm
 * vectors. In training mode a network hands a buffer's next value to `ctx.updateBuffer`.
 */
export interface Network {
  /** Short kind name (`dense`, `norm`, `conv`): a composition numbers its children by it. */
  readonly name: string;
  readonly buffers: readonly string[];
  init(rng: Rng, shape: Shape, conditions?: ConditionTypes): Tree<Value>;
  apply(variables: Tree<Tensor>, x: Tensor, ctx: StepContext): Tensor;
}

/** Maps latents (and labels) to samples; images in [-1, 1], `[batch, channels, height, width]`. */
export type Generator = Network;
/** Maps samples to raw logits (never probabilities), `[batch, 1]` or a map of patches. */
export type Discriminator = Network;
