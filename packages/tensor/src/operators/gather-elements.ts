import { allocate, type TensorData } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { forEachLineElement, indicesIn, transfer } from '../kernels/indexing.js';
import { lengthOf } from '../kernels/numbers.js';
import { type Binary, defineOperator } from '../operator.js';
import { site } from '../scope.js';
import { formatShape, normalizeAxis } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { zeros } from './full.js';
import { scatterElements } from './scatter-elements.js';
import { requireIndices } from './families/elementwise.js';

/**
 * One element of `x` for each index: at the index's own place, but for `axis`, along which the index says where. Picks the
 * log-probability of each token.
 *
 * Same rank, no axis of `indices` larger than that of `x` (`GANYMEDE_SHAPE`); indices are int32 or int64 (`GANYMEDE_DTYPE`).
 * ONNX: [GatherElements-13](https://onnx.ai/onnx/operators/onnx__GatherElements.html).
 */
export function gatherElements(x: Tensor, indices: Tensor, axis: number): Tensor {
  return makeTensor(gatherElementsOperator, [x, indices], {
    axis: normalizeAxis(axis, x.shape, site('GatherElements')),
  });
}

export const gatherElementsOperator = defineOperator<{ readonly axis: number }, Binary>({
  name: 'GatherElements',
  infer: ([x, indices], { axis }) => {
    requireIndices('GatherElements', indices);
    if (
      x.rank !== indices.rank ||
      indices.shape.some((d, i) => i !== axis && d !== x.shape[i] && !(Number(d) <= Number(x.shape[i])))
    ) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('GatherElements')}: indices ${formatShape(indices.shape)} do not fit ${formatShape(x.shape)} beside axis ${axis}`,
        hint: 'indices have the rank of the tensor, and are no larger but for the axis',
      });
    }
    return { dtype: x.dtype, shape: indices.shape };
  },
  gradient: (g, _, [x, indices], { axis }) => [
    () => scatterElements(zeros(x.shape, x.dtype), indices, g, axis, 'add'),
    null,
  ],
  evaluate: ([x, indices], { axis }, output): TensorData => {
    const data: TensorData = allocate(output.dtype, lengthOf(output.shape));
    const at = indicesIn(indices, x.shape[axis] ?? 1, 'GatherElements');
    const stride = lengthOf(x.shape.slice(axis + 1));
    const move = transfer(x.data, data, 'none');
    forEachLineElement(indices.shape, x.shape, axis, (i, line) => move(line + (at[i] as number) * stride, i));
    return data;
  },
  onnx: {
    attributes: { axis: 'int' },
    decode: ([x, indices], { axis = 0 }) => gatherElements(x, indices, axis),
  },
});
