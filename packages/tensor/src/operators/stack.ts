import type { Tensor } from '../tensor.js';
import { concat } from './concat.js';
import { unsqueeze } from './unsqueeze.js';

/** Tensors of one shape joined along a new axis of the result. Composite: unsqueeze and concat, whose errors apply. */
export const stack = (tensors: readonly Tensor[], axis = 0): Tensor =>
  concat(
    tensors.map((x) => unsqueeze(x, axis)),
    axis,
  );
