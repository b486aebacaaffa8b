import { GanymedeError } from '../error.js';
import { unbroadcast } from '../gradient/unbroadcast.js';
import { multiplyInto } from '../kernels/matrix-product.js';
import { numbersIn, room, toData } from '../kernels/numbers.js';
import { broadcastNumbers } from '../kernels/strided.js';
import { defineOperator } from '../operator.js';
import { site } from '../scope.js';
import { broadcastShapes, type Dim, formatShape, sameShape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { requireFloating, requireSameDtype } from './families/elementwise.js';

/** Options of {@link gemm}. */
export interface GemmOptions {
  /** Read `a` transposed. @defaultValue false */
  readonly transA?: boolean;
  /** Read `b` transposed. @defaultValue false */
  readonly transB?: boolean;
  /** Added to the product, to which its shape must broadcast. */
  readonly bias?: Tensor;
}

/**
 * Product of two matrices, either one read transposed, plus an optional bias: the fastest form of a dense layer.
 *
 * Rank 2, inner sizes equal (`GANYMEDE_SHAPE`), one floating dtype (`GANYMEDE_DTYPE`). ONNX:
 * [Gemm-13](https://onnx.ai/onnx/operators/onnx__Gemm.html).
 */
export function gemm(
  a: Tensor,
  b: Tensor,
  { transA = false, transB = false, bias }: GemmOptions = {},
): Tensor {
  const inputs = bias === undefined ? ([a, b] as const) : ([a, b, bias] as const);
  return makeTensor(gemmOperator, inputs, { transA: transA ? 1 : 0, transB: transB ? 1 : 0 });
}

type GemmInputs = readonly [Tensor, Tensor, Tensor?];
type GemmAttributes = { readonly transA: 0 | 1; readonly transB: 0 | 1 };

export const gemmOperator = defineOperator<GemmAttributes, GemmInputs>({
  name: 'Gemm',
  infer: (inputs, { transA, transB }) => {
    const [a, b, bias] = inputs;
    const tensors = bias === undefined ? [a, b] : [a, b, bias];
    requireFloating('Gemm', ...tensors);
    requireSameDtype('Gemm', ...tensors);
    const refuse = (): never => {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('Gemm')}: ${formatShape(a.shape)}${transA ? ' transposed' : ''} times ${formatShape(b.shape)}${transB ? ' transposed' : ''} is no product of matrices`,
        hint: 'both have rank 2, and the last size of the first is the first size of the second',
      });
    };
    if (a.rank !== 2 || b.rank !== 2) refuse();
    const [m, k] = (transA ? [a.shape[1], a.shape[0]] : a.shape) as readonly [Dim, Dim];
    const [q, n] = (transB ? [b.shape[1], b.shape[0]] : b.shape) as readonly [Dim, Dim];
    if (k !== q) refuse();
    if (bias !== undefined && !sameShape(broadcastShapes([m, n], bias.shape, site('Gemm')), [m, n])) refuse();
    return { dtype: a.dtype, shape: [m, n] };
  },
  gradient: (g, _, [a, b, bias], { transA, transB }) => {
    const p = transA === 1;
    const q = transB === 1;
    const partials = [
      () => (p ? gemm(b, g, { transA: q, transB: true }) : gemm(g, b, { transB: !q })),
      () => (q ? gemm(g, a, { transA: true, transB: p }) : gemm(a, g, { transA: !p })),
    ];
    return bias === undefined ? partials : [...partials, () => unbroadcast(g, bias)];
  },
  evaluate: ([a, b, bias], { transA, transB }, output) => {
    const [m = 0, n = 0] = output.shape;
    const k = (transA === 1 ? a.shape[0] : a.shape[1]) ?? 0;
    const to = room(output);
    if (bias !== undefined) to.set(broadcastNumbers(bias, output.shape));
    const left = { data: numbersIn(a), offset: 0, row: transA === 1 ? 1 : k, column: transA === 1 ? m : 1 };
    const right = { data: numbersIn(b), offset: 0, row: transB === 1 ? 1 : n, column: transB === 1 ? k : 1 };
    multiplyInto(to, 0, left, right, [m, k, n]);
    return toData(output.dtype, to);
  },
  onnx: {
    attributes: { transA: 'int', transB: 'int' },
    accepted: { alpha: 1, beta: 1 },
    defaults: { transA: 0, transB: 0 },
  },
});
