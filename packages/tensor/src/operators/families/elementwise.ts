import { type Dtype, isFloating } from '../../dtype.js';
import { GanymedeError } from '../../error.js';
import type { TensorType } from '../../operator.js';
import { site } from '../../scope.js';
import { broadcastShapes, formatShape, type Shape } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

function refuseDtype(operator: string, wanted: string, inputs: readonly Tensor[]): never {
  const got = inputs.map((x) => `${x.dtype}${formatShape(x.shape)}`).join(' and ');
  throw new GanymedeError('GANYMEDE_DTYPE', {
    message: `${site(operator)}: expected ${wanted}, got ${got}`,
    hint: 'convert with cast(x, dtype)',
  });
}

/** Refuses (`GANYMEDE_DTYPE`) inputs that are not float32 or float64. */
export function requireFloating(operator: string, ...inputs: readonly Tensor[]): void {
  if (!inputs.every((x) => isFloating(x.dtype))) refuseDtype(operator, 'float32 or float64', inputs);
}

/** Refuses (`GANYMEDE_DTYPE`) inputs that are not of exactly this dtype. */
export function requireDtype(operator: string, dtype: Dtype, ...inputs: readonly Tensor[]): void {
  if (!inputs.every((x) => x.dtype === dtype)) refuseDtype(operator, dtype, inputs);
}

/** Refuses (`GANYMEDE_DTYPE`) inputs of different dtypes: the language never converts silently. */
export function requireSameDtype(operator: string, ...inputs: readonly Tensor[]): void {
  if (!inputs.every((x) => x.dtype === inputs[0]?.dtype))
    refuseDtype(operator, 'one dtype for all inputs', inputs);
}

/** Refuses (`GANYMEDE_DTYPE`) booleans, on which arithmetic has no meaning. */
export function requireNumeric(operator: string, ...inputs: readonly Tensor[]): void {
  if (inputs.some((x) => x.dtype === 'bool')) refuseDtype(operator, 'numbers', inputs);
}

/** Refuses (`GANYMEDE_DTYPE`) index tensors that are neither int32 nor int64. */
export function requireIndices(operator: string, indices: Tensor): void {
  if (indices.dtype !== 'int32' && indices.dtype !== 'int64')
    refuseDtype(operator, 'int32 or int64 indices', [indices]);
}

/** Same shape and dtype as the input. */
export const sameType = (x: Tensor): TensorType => ({ dtype: x.dtype, shape: x.shape });

/** Rule of functions of real numbers: floating input, same type out. */
export function inferFloating(operator: string, x: Tensor): TensorType {
  requireFloating(operator, x);
  return sameType(x);
}

/** Rule of functions of any number: numeric input, same type out. */
export function inferNumeric(operator: string, x: Tensor): TensorType {
  requireNumeric(operator, x);
  return sameType(x);
}

/** Rule of arithmetic on two operands: one numeric dtype, broadcast shapes. */
export function inferArithmetic(operator: string, a: Tensor, b: Tensor): TensorType {
  requireSameDtype(operator, a, b);
  requireNumeric(operator, a, b);
  return { dtype: a.dtype, shape: broadcastShapes(a.shape, b.shape, site(operator)) };
}

/** Rule of sums of several tensors: at least one, one dtype, broadcast shapes. */
export function inferAll(
  operator: string,
  tensors: readonly Tensor[],
  wanted: 'floating' | 'numeric' = 'floating',
): TensorType {
  const [first] = tensors;
  if (first === undefined) {
    throw new GanymedeError('GANYMEDE_SHAPE', { message: `${site(operator)}: expected tensors, got none` });
  }
  requireSameDtype(operator, ...tensors);
  (wanted === 'floating' ? requireFloating : requireNumeric)(operator, ...tensors);
  const shape = tensors.reduce<Shape>((a, { shape }) => broadcastShapes(a, shape, site(operator)), []);
  return { dtype: first.dtype, shape };
}

/** Rule of comparisons: one dtype, broadcast shapes, bool out. */
export function inferComparison(operator: string, a: Tensor, b: Tensor): TensorType {
  requireSameDtype(operator, a, b);
  return { dtype: 'bool', shape: broadcastShapes(a.shape, b.shape, site(operator)) };
}

/** Rule of `and` and `or`: bool operands, broadcast shapes. */
export function inferLogical(operator: string, a: Tensor, b: Tensor): TensorType {
  requireDtype(operator, 'bool', a, b);
  return { dtype: 'bool', shape: broadcastShapes(a.shape, b.shape, site(operator)) };
}
