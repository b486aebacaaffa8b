import { allocate, type TensorData } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { forEachPlace, transfer } from '../kernels/indexing.js';
import { lengthOf } from '../kernels/numbers.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { site } from '../scope.js';
import { formatShape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { cast } from './cast.js';
import { zeros } from './full.js';
import { scatterND } from './scatter-nd.js';
import { requireDtype } from './families/elementwise.js';

/**
 * Elements (or whole blocks, when there are fewer indices than axes) of `x` where the last axis of `indices` points.
 *
 * That axis has a known size, at most the rank of `x` (`GANYMEDE_SHAPE`); indices are int32 or int64 (`GANYMEDE_DTYPE`). ONNX:
 * [GatherND-13](https://onnx.ai/onnx/operators/onnx__GatherND.html), batch_dims 0.
 */
export function gatherND(x: Tensor, indices: Tensor): Tensor {
  return makeTensor(gatherNDOperator, [x, indices.dtype === 'int32' ? cast(indices, 'int64') : indices], {});
}

/** Number of axes that each index of `indices` fixes. */
export function indexDepth(operator: string, x: Tensor, indices: Tensor): number {
  const depth = indices.shape.at(-1);
  if (typeof depth === 'number' && depth >= 1 && depth <= x.rank) return depth;
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${site(operator)}: the last axis of indices ${formatShape(indices.shape)} does not index into ${formatShape(x.shape)}`,
    hint: `its size is the number of axes that an index fixes, from 1 to ${x.rank}`,
  });
}

export const gatherNDOperator = defineOperator<NoAttributes, Binary>({
  name: 'GatherND',
  infer: ([x, indices]) => {
    requireDtype('GatherND', 'int64', indices);
    return {
      dtype: x.dtype,
      shape: [...indices.shape.slice(0, -1), ...x.shape.slice(indexDepth('GatherND', x, indices))],
    };
  },
  gradient: (g, _, [x, indices]) => [() => scatterND(zeros(x.shape, x.dtype), indices, g, 'add'), null],
  evaluate: ([x, indices], _, output): TensorData => {
    const data: TensorData = allocate(output.dtype, lengthOf(output.shape));
    const move = transfer(x.data, data, 'none');
    forEachPlace(indices, x.shape, 'GatherND', (i, block, size) => {
      for (let k = 0; k < size; k++) move(block + k, i * size + k);
    });
    return data;
  },
  onnx: { fixed: { batch_dims: 0 } },
});
