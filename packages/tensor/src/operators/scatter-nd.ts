import { GanymedeError } from '../error.js';
import { copyOf, forEachPlace, transfer } from '../kernels/indexing.js';
import { defineOperator, type Ternary } from '../operator.js';
import { site } from '../scope.js';
import { formatShape, sameShape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { cast } from './cast.js';
import { zeros } from './full.js';
import { gatherND, indexDepth } from './gather-nd.js';
import { mul } from './mul.js';
import type { OnnxScatterReduction, ScatterReduction } from './scatter-elements.js';
import { productOfOtherBlocks, scatterExtremeBlocks } from './families/scatter-blocks.js';
import { requireDtype, requireNumeric, requireSameDtype, sameType } from './families/elementwise.js';

/**
 * `x` with each update written (added, multiplied…) where the last axis of `indices` points: at an element, or at a whole block when
 * there are fewer indices than axes.
 *
 * `updates` has the shape of `indices` without its last axis, then that of a block (`GANYMEDE_SHAPE`); indices are int32 or
 * int64 (`GANYMEDE_DTYPE`). max and min are composites, of a comparison of each update with each block; they, and the gradient
 * of mul for the updates, take memory quadratic in their number. ONNX: [ScatterND-16](https://onnx.ai/onnx/operators/onnx__ScatterND.html).
 */
export function scatterND(
  x: Tensor,
  indices: Tensor,
  updates: Tensor,
  reduction: ScatterReduction = 'none',
): Tensor {
  const places = indices.dtype === 'int32' ? cast(indices, 'int64') : indices;
  const isExtreme = reduction === 'max' || reduction === 'min';
  const plain = makeTensor(scatterNDOperator, [x, places, updates], {
    reduction: isExtreme ? 'none' : reduction,
  });
  return isExtreme ? scatterExtremeBlocks(x, places, updates, reduction) : plain;
}

export const scatterNDOperator = defineOperator<{ readonly reduction: OnnxScatterReduction }, Ternary>({
  name: 'ScatterND',
  infer: ([x, indices, updates], { reduction }) => {
    requireDtype('ScatterND', 'int64', indices);
    requireSameDtype('ScatterND', x, updates);
    if (reduction !== 'none') requireNumeric('ScatterND', x);
    const wanted = [...indices.shape.slice(0, -1), ...x.shape.slice(indexDepth('ScatterND', x, indices))];
    if (!sameShape(updates.shape, wanted)) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('ScatterND')}: updates ${formatShape(updates.shape)} should be ${formatShape(wanted)} for indices ${formatShape(indices.shape)} into ${formatShape(x.shape)}`,
      });
    }
    return sameType(x);
  },
  gradient: (g, _, [x, indices, updates], { reduction }) => [
    () => {
      if (reduction === 'add') return g;
      return scatterND(g, indices, reduction === 'mul' ? updates : zeros(updates.shape, g.dtype), reduction);
    },
    null,
    () =>
      reduction === 'mul'
        ? mul(gatherND(mul(g, x), indices), productOfOtherBlocks(x, indices, updates))
        : gatherND(g, indices),
  ],
  evaluate: ([x, indices, updates], { reduction }) => {
    const data = copyOf(x.data);
    const move = transfer(updates.data, data, reduction);
    forEachPlace(indices, x.shape, 'ScatterND', (i, block, size) => {
      for (let k = 0; k < size; k++) move(i * size + k, block + k);
    });
    return data;
  },
  onnx: {
    attributes: { reduction: 'string' },
    // Files of later opsets have max and min, too.
    decode: ([x, indices, updates], { reduction }) => scatterND(x, indices, updates, reduction),
  },
});
