import type { Dtype } from '../dtype.js';
import type { Dim } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { eyeLike } from './eye-like.js';
import { zeros } from './full.js';

/** The identity matrix of `size` rows, any dtype but bool (`GANYMEDE_DTYPE`). Composite: eyeLike. */
export const eye = (size: Dim, dtype: Dtype = 'float32'): Tensor => eyeLike(zeros([size, size], dtype));
