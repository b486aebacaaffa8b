import { allocate, type TensorData } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { forEachPlace, transfer } from '../kernels/indexing.js';
import { lengthOf } from '../kernels/numbers.js';
import { type Binary, defineOperator } from '../operator.js';
import { site } from '../scope.js';
import { formatShape, sameShape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { cast } from './cast.js';
import { concat } from './concat.js';
import { expand } from './expand.js';
import { range } from './range.js';
import { reshape } from './reshape.js';
import { knownSizes } from './families/scatter-lines.js';
import { zeros } from './full.js';
import { scatterND } from './scatter-nd.js';
import { requireDtype } from './families/elementwise.js';

/** Options of {@link gatherND}. */
export interface GatherNDOptions {
  /** Number of leading axes that both tensors share, and along which each index picks at its own place. @defaultValue 0 */
  readonly batchDims?: number;
}

/**
 * Elements (or whole blocks, when there are fewer indices than axes) of `x` where the last axis of `indices` points.
 *
 * That axis has a known size, at most the rank of `x` (`GANYMEDE_SHAPE`); indices are int32 or int64 (`GANYMEDE_DTYPE`). With
 * `batchDims` a composite, whose shared axes have known sizes (`GANYMEDE_NAMED_DIMENSION`). ONNX:
 * [GatherND-13](https://onnx.ai/onnx/operators/onnx__GatherND.html), batch_dims 0.
 */
export function gatherND(x: Tensor, indices: Tensor, { batchDims = 0 }: GatherNDOptions = {}): Tensor {
  const places = indices.dtype === 'int32' ? cast(indices, 'int64') : indices;
  return makeTensor(gatherNDOperator, [x, batchDims === 0 ? places : withBatch(x, places, batchDims)], {
    batch_dims: 0,
  });
}

/** The indices with the place of each along the shared axes written before it. */
function withBatch(x: Tensor, indices: Tensor, batchDims: number): Tensor {
  const shared = x.shape.slice(0, batchDims);
  if (!sameShape(shared, indices.shape.slice(0, batchDims)) || indices.rank <= batchDims) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site('GatherND')}: ${formatShape(x.shape)} and indices ${formatShape(indices.shape)} do not share their first ${batchDims} axes`,
    });
  }
  const sizes = knownSizes(indices, 'GatherND').slice(0, -1);
  const coordinates = shared.map((_, axis) => {
    const numbers = range(0, sizes[axis] ?? 1, 1, 'int64');
    const alone = reshape(
      numbers,
      [...sizes, 1].map((d, i) => (i === axis ? d : 1)),
    );
    return expand(alone, [...sizes, 1]);
  });
  return concat([...coordinates, indices], -1);
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

export const gatherNDOperator = defineOperator<{ readonly batch_dims: 0 }, Binary>({
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
  onnx: {
    attributes: { batch_dims: 'int' },
    decode: ([x, indices], { batch_dims = 0 }) => gatherND(x, indices, { batchDims: batch_dims }),
  },
});
