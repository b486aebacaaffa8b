import { allocate, type TensorData } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { lengthOf } from '../kernels/numbers.js';
import { copyStrided, stridesOf } from '../kernels/strided.js';
import { defineOperator } from '../operator.js';
import { site } from '../scope.js';
import { type Dim, formatShape, normalizeAxis } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { sliceAxis } from './slice.js';
import { requireSameDtype } from './families/elementwise.js';

/**
 * Tensors joined along an existing axis, in order.
 *
 * One dtype (`GANYMEDE_DTYPE`); shapes equal but for `axis` (`GANYMEDE_SHAPE`), whose sizes must be numbers
 * (`GANYMEDE_NAMED_DIMENSION`). ONNX: [Concat-13](https://onnx.ai/onnx/operators/onnx__Concat.html).
 */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const first = tensors[0];
  if (first === undefined) {
    throw new GanymedeError('GANYMEDE_SHAPE', nothingToJoin());
  }
  const normalized = normalizeAxis(axis, first.shape, site('Concat'));
  return tensors.length === 1 ? first : makeTensor(concatOperator, tensors, { axis: normalized });
}

const nothingToJoin = () => ({ message: `${site('Concat')}: there is nothing to join` });

/** Where each input begins along the axis; the last entry is the size of the result. */
function offsets(tensors: readonly Tensor[], axis: number): readonly number[] {
  const result = [0];
  let end = 0;
  for (const x of tensors) {
    const d = x.shape[axis];
    if (typeof d !== 'number') {
      throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
        message: `${site('Concat')}: axis ${axis} of ${formatShape(x.shape)} is named, so that the sum has no name`,
        hint: 'build this program at fixed sizes, or stack along a new axis',
      });
    }
    end += d;
    result.push(end);
  }
  return result;
}

export const concatOperator = defineOperator<{ readonly axis: number }>({
  name: 'Concat',
  infer: (tensors, { axis }) => {
    requireSameDtype('Concat', ...tensors);
    const [first] = tensors;
    if (first === undefined) throw new GanymedeError('GANYMEDE_SHAPE', nothingToJoin());
    const ends = offsets(tensors, axis);
    for (const x of tensors) {
      if (x.rank !== first.rank || !x.shape.every((d, i) => i === axis || d === first.shape[i])) {
        throw new GanymedeError('GANYMEDE_SHAPE', {
          message: `${site('Concat')}: shapes ${tensors.map((t) => formatShape(t.shape)).join(', ')} differ beside axis ${axis}`,
        });
      }
    }
    return {
      dtype: first.dtype,
      shape: first.shape.map((d, i): Dim => (i === axis ? (ends.at(-1) ?? d) : d)),
    };
  },
  gradient: (g, _, tensors, { axis }) => {
    const at = offsets(tensors, axis);
    return tensors.map((_, i) => () => sliceAxis(g, axis, at[i] ?? 0, at[i + 1] ?? 0));
  },
  evaluate: (values, { axis }, output): TensorData => {
    const data: TensorData = allocate(output.dtype, lengthOf(output.shape));
    const strides = stridesOf(output.shape);
    let at = 0;
    for (const x of values) {
      const to = { data, offset: at * (strides[axis] ?? 1), strides };
      copyStrided({ data: x.data, offset: 0, strides: stridesOf(x.shape) }, to, x.shape);
      at += x.shape[axis] ?? 0;
    }
    return data;
  },
  onnx: { attributes: { axis: 'int' }, decode: (tensors, { axis = 0 }) => concat(tensors, axis) },
});
