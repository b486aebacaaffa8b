import { site } from '../scope.js';
import { normalizeAxis } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { cast } from './cast.js';
import { clip } from './clip.js';
import { cumSum } from './cum-sum.js';
import { lessOrEqual } from './less-or-equal.js';
import { mul } from './mul.js';
import { sum } from './reduce-sum.js';
import { slice } from './slice.js';
import { softmax } from './softmax.js';
import { unsqueeze } from './unsqueeze.js';

/**
 * The number of a category for each row of logits, drawn with uniform noise on [0, 1): token after token of a text. int64, not
 * differentiable. Composite: how many running sums of the probabilities lie below the noise.
 *
 * `uniform` has the shape of the logits without their last axis (`GANYMEDE_SHAPE`), one number per draw. float32 or float64
 * (`GANYMEDE_DTYPE`). A category of probability 0 is never drawn.
 */
export function categorical(logits: Tensor, uniform: Tensor): Tensor {
  const axis = normalizeAxis(-1, logits.shape, site('categorical'));
  const running = cumSum(softmax(logits, axis), axis);
  // The last sum may differ from 1 by rounding; measured against itself, no noise lies beyond it.
  const whole = slice(running, { axes: [axis], starts: [-1], ends: [Infinity] });
  const below = lessOrEqual(running, mul(unsqueeze(uniform, axis), whole));
  const count = sum(cast(below, 'int64'), axis);
  return clip(count, 0, Number(logits.shape[axis]) - 1);
}
