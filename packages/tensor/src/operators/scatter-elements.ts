import { GanymedeError } from '../error.js';
import { copyOf, forEachLineElement, indicesIn, transfer } from '../kernels/indexing.js';
import { lengthOf } from '../kernels/numbers.js';
import { defineOperator, type Ternary } from '../operator.js';
import { site } from '../scope.js';
import { formatShape, normalizeAxis, sameShape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { zeros } from './full.js';
import { gatherElements } from './gather-elements.js';
import { mul } from './mul.js';
import { productOfOthers, scatterExtreme } from './families/scatter-lines.js';
import { requireIndices, requireNumeric, requireSameDtype, sameType } from './families/elementwise.js';

/**
 * What a scatter does with an element and what is written to its place: replaces it, in which case no place may be written
 * twice, adds, multiplies, or keeps the largest or smallest.
 */
export type ScatterReduction = 'none' | 'add' | 'mul' | 'max' | 'min';

/** The reductions that ONNX has in opset 17. */
export type OnnxScatterReduction = 'none' | 'add' | 'mul';

/**
 * `x` with each update written (added, multiplied…) at its own place, but for `axis`, along which its index says where.
 *
 * `indices` and `updates` have one shape, of `x`'s rank (`GANYMEDE_SHAPE`); indices are int32 or int64 (`GANYMEDE_DTYPE`).
 * max and min are composites, of a comparison of each update with each place; they, and the gradient of mul for the updates,
 * take memory quadratic in the length of the axis. ONNX:
 * [ScatterElements-16](https://onnx.ai/onnx/operators/onnx__ScatterElements.html).
 */
export function scatterElements(
  x: Tensor,
  indices: Tensor,
  updates: Tensor,
  axis: number,
  reduction: ScatterReduction = 'none',
): Tensor {
  const normalized = normalizeAxis(axis, x.shape, site('ScatterElements'));
  const isExtreme = reduction === 'max' || reduction === 'min';
  const plain = makeTensor(scatterElementsOperator, [x, indices, updates], {
    axis: normalized,
    reduction: isExtreme ? 'none' : reduction,
  });
  return isExtreme ? scatterExtreme(x, indices, updates, normalized, reduction) : plain;
}

type ScatterElementsAttributes = { readonly axis: number; readonly reduction: OnnxScatterReduction };

export const scatterElementsOperator = defineOperator<ScatterElementsAttributes, Ternary>({
  name: 'ScatterElements',
  infer: ([x, indices, updates], { reduction }) => {
    requireIndices('ScatterElements', indices);
    requireSameDtype('ScatterElements', x, updates);
    if (reduction !== 'none') requireNumeric('ScatterElements', x);
    if (x.rank !== indices.rank || !sameShape(indices.shape, updates.shape)) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('ScatterElements')}: indices ${formatShape(indices.shape)} and updates ${formatShape(updates.shape)} do not fit ${formatShape(x.shape)}`,
        hint: 'indices and updates have one shape, of the rank of the tensor',
      });
    }
    return sameType(x);
  },
  gradient: (g, _, [x, indices, updates], { axis, reduction }) => [
    () => {
      if (reduction === 'add') return g;
      const factors = reduction === 'mul' ? updates : zeros(updates.shape, g.dtype);
      return scatterElements(g, indices, factors, axis, reduction);
    },
    null,
    () =>
      reduction === 'mul'
        ? mul(gatherElements(mul(g, x), indices, axis), productOfOthers(x, indices, updates, axis))
        : gatherElements(g, indices, axis),
  ],
  evaluate: ([x, indices, updates], { axis, reduction }) => {
    const data = copyOf(x.data);
    const at = indicesIn(indices, x.shape[axis] ?? 1, 'ScatterElements');
    const stride = lengthOf(x.shape.slice(axis + 1));
    const move = transfer(updates.data, data, reduction);
    forEachLineElement(indices.shape, x.shape, axis, (i, line) => move(i, line + (at[i] as number) * stride));
    return data;
  },
  onnx: {
    attributes: { axis: 'int', reduction: 'string' },
    decode: ([x, indices, updates], { axis = 0, reduction }) =>
      scatterElements(x, indices, updates, axis, reduction),
  },
});
