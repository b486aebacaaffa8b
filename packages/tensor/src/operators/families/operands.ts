import type { Dtype } from '../../dtype.js';
import { GanymedeError } from '../../error.js';
import { site } from '../../scope.js';
import type { Tensor, TensorLike } from '../../tensor.js';
import { constant } from '../constant.js';

/** A number becomes a scalar constant of `dtype`; one that `dtype` cannot hold is refused (`GANYMEDE_DTYPE`). */
export function lift(operator: string, x: TensorLike, dtype: Dtype): Tensor {
  if (typeof x !== 'number') return x;
  if (dtype.includes('int') && !Number.isInteger(x)) {
    throw new GanymedeError('GANYMEDE_DTYPE', {
      message: `${site(operator)}: the number ${x} cannot be an ${dtype}`,
      hint: 'convert the other operand with cast(x, "float32")',
    });
  }
  return constant(x, dtype);
}

/** Both operands as tensors: a number takes the dtype of the other operand, float32 if both are numbers. */
export function liftPair(operator: string, a: TensorLike, b: TensorLike): readonly [Tensor, Tensor] {
  const dtype = typeof a !== 'number' ? a.dtype : typeof b !== 'number' ? b.dtype : 'float32';
  return [lift(operator, a, dtype), lift(operator, b, dtype)];
}
