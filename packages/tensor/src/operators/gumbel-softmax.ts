import type { Tensor, TensorLike } from '../tensor.js';
import { add } from './add.js';
import { div } from './div.js';
import { hardmax } from './hardmax.js';
import { softmax } from './softmax.js';
import { stopGradient } from './stop-gradient.js';
import { sub } from './sub.js';

/** Options of {@link gumbelSoftmax}. */
export interface GumbelSoftmaxOptions {
  /** Above 0; towards 0 samples become one-hot and gradients rough. A tensor where it changes over time. @defaultValue 1 */
  readonly temperature?: TensorLike;
  /** Axis of the categories. @defaultValue -1 */
  readonly axis?: number;
  /** One-hot samples whose gradient is that of the soft ones (straight-through). @defaultValue false */
  readonly hard?: boolean;
}

/**
 * Nearly one-hot samples of the distribution with these logits, through which gradients flow (Jang et al., 2017; Maddison et
 * al., 2017): softmax of logits plus Gumbel noise. Composite.
 *
 * `noise` has the shape of the logits and is drawn from the Gumbel distribution; `gumbel` makes it of uniform noise. float32 or
 * float64 (`GANYMEDE_DTYPE`).
 */
export function gumbelSoftmax(
  logits: Tensor,
  noise: Tensor,
  { temperature = 1, axis = -1, hard = false }: GumbelSoftmaxOptions = {},
): Tensor {
  const soft = softmax(div(add(logits, noise), temperature), axis);
  return hard ? add(sub(hardmax(soft, axis), stopGradient(soft)), soft) : soft;
}
