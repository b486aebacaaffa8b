import { GanymedeError } from '../error.js';
import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { type Dim, formatShape, productOf, quotientOf, type Shape, sameShape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';

/**
 * The same elements, in the same row-major order, under another shape. One dimension may be -1: what is left.
 *
 * The number of elements must be provably the same, named dimensions included (`GANYMEDE_SHAPE`). ONNX:
 * [Reshape-14](https://onnx.ai/onnx/operators/onnx__Reshape.html).
 */
export function reshape(x: Tensor, shape: readonly Dim[]): Tensor {
  const target = resolve(x, shape);
  if (sameShape(target, x.shape)) return x;
  // Without the flag, a 0 in the shape means the input's dimension to ONNX.
  return makeTensor(reshapeOperator, [x], { shape: target, ...(target.includes(0) && { allowzero: 1 }) });
}

function refuse(x: Tensor, shape: Shape): never {
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${site('Reshape')}: ${formatShape(x.shape)} cannot take shape ${formatShape(shape)}`,
    hint: `the number of elements (${productOf(x.shape)}) must stay the same; at most one dimension may be -1`,
  });
}

function resolve(x: Tensor, shape: readonly Dim[]): Shape {
  const unknown = shape.indexOf(-1);
  if (unknown < 0) return shape;
  const known = shape.filter((_, i) => i !== unknown);
  if (known.includes(-1)) refuse(x, shape);
  const rest = quotientOf(productOf(x.shape), productOf(known));
  if (rest === undefined) refuse(x, shape);
  return shape.map((d, i) => (i === unknown ? rest : d));
}

type ReshapeAttributes = { readonly shape: Shape; readonly allowzero?: number };

export const reshapeOperator = defineOperator<ReshapeAttributes, Unary>({
  name: 'Reshape',
  infer: ([x], { shape }) => {
    if (productOf(shape) !== productOf(x.shape)) refuse(x, shape);
    return { dtype: x.dtype, shape };
  },
  gradient: (g, _, [x]) => [reshape(g, x.shape)],
  evaluate: ([x]) => x.data,
  onnx: {
    operands: [{ name: 'shape', kind: 'dims' }],
    attributes: { allowzero: 'int' },
    // In ONNX a 0 copies the input's dimension, unless the flag says otherwise.
    decode: ([x], { shape = [], allowzero = 0 }) => {
      const resolved = allowzero === 1 ? shape : shape.map((d, i) => (d === 0 ? (x.shape[i] ?? d) : d));
      return reshape(x, resolved);
    },
  },
});
