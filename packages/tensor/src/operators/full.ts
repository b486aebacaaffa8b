import type { Dtype } from '../dtype.js';
import type { Shape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { expand } from './expand.js';
import { lift } from './families/operands.js';

/** A tensor of `shape` in which every element is `x`. Named dimensions are allowed; integers take whole numbers (`GANYMEDE_DTYPE`). ONNX: Expand of a scalar. */
export function full(shape: Shape, x: number, dtype: Dtype = 'float32'): Tensor {
  return expand(lift('full', x, dtype), shape);
}

/** A tensor of zeros; see {@link full}. */
export const zeros = (shape: Shape, dtype: Dtype = 'float32'): Tensor => full(shape, 0, dtype);

/** A tensor of ones; see {@link full}. */
export const ones = (shape: Shape, dtype: Dtype = 'float32'): Tensor => full(shape, 1, dtype);
