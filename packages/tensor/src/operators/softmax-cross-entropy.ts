import type { Tensor } from '../tensor.js';
import { gatherElements } from './gather-elements.js';
import { logSoftmax } from './log-softmax.js';
import { neg } from './neg.js';
import { squeeze } from './squeeze.js';
import { unsqueeze } from './unsqueeze.js';

/**
 * `-log softmax(logits)` at each row's label: how surprised a classifier is. One number per row; take the mean for a loss.
 * Composite.
 *
 * `logits` is `[..., C]`, float32 or float64; `labels` is `[...]`, int32 or int64, from 0 to C - 1 (`GANYMEDE_SHAPE`,
 * `GANYMEDE_DTYPE`).
 */
export function softmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor {
  const last = logits.rank - 1;
  return neg(squeeze(gatherElements(logSoftmax(logits, last), unsqueeze(labels, last), last), last));
}
