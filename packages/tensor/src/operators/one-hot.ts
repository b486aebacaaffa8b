import type { Dtype, TensorData } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { numbersIn, room, toData } from '../kernels/numbers.js';
import { defineOperator, type Ternary } from '../operator.js';
import { site } from '../scope.js';
import { normalizeAxis } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { cast } from './cast.js';
import { constant, constantValue } from './constant.js';
import { reshape } from './reshape.js';
import { transpose } from './transpose.js';
import { requireIndices } from './families/elementwise.js';

/**
 * 1 at each index and 0 elsewhere, along a new last axis of size `depth`: a class label as a vector.
 *
 * Indices are int32 or int64 (`GANYMEDE_DTYPE`); negative ones count from the end, and one outside gives zeros only. Not
 * differentiable. ONNX: [OneHot-11](https://onnx.ai/onnx/operators/onnx__OneHot.html).
 */
export function oneHot(indices: Tensor, depth: number, dtype: Dtype = 'float32'): Tensor {
  requireIndices('OneHot', indices);
  // Runtimes implement int64 only, and refuse a single index.
  const places = reshape(cast(indices, 'int64'), indices.rank === 0 ? [1] : indices.shape);
  const hot = makeTensor(oneHotOperator, [places, constant(depth, 'int64'), constant([0, 1], dtype)], {
    axis: -1,
  });
  return indices.rank === 0 ? reshape(hot, [depth]) : hot;
}

export const oneHotOperator = defineOperator<{ readonly axis: number }, Ternary>({
  name: 'OneHot',
  infer: ([indices, depth, values]) => {
    requireIndices('OneHot', indices);
    const size = constantValue(depth);
    if (size?.data.length !== 1) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('OneHot')}: the depth must be a constant`,
        hint: 'use oneHot(indices, depth, dtype)',
      });
    }
    return { dtype: values.dtype, shape: [...indices.shape, Number(size.data[0])] };
  },
  gradient: () => [null, null, null],
  evaluate: ([indices, , values], _, output): TensorData => {
    const depth = output.shape.at(-1) ?? 1;
    const [off = 0, on = 1] = numbersIn(values);
    const to = room(output);
    to.fill(off);
    for (let i = 0; i < indices.data.length; i++) {
      const index = Number(indices.data[i]);
      if (index >= -depth && index < depth) to[i * depth + (index < 0 ? index + depth : index)] = on;
    }
    return toData(output.dtype, to);
  },
  onnx: {
    attributes: { axis: 'int' },
    // A file may put the new axis anywhere, and the depth in a tensor of one element.
    decode: ([indices, depth, values], { axis = -1 }): Tensor => {
      const last = makeTensor(oneHotOperator, [cast(indices, 'int64'), depth, values], { axis: -1 });
      const order = indices.shape.map((_, i) => i);
      order.splice(normalizeAxis(axis, last.shape, site('OneHot')), 0, indices.rank);
      return order.at(-1) === indices.rank ? last : transpose(last, order);
    },
  },
});
