import { isFloating } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { unbroadcast } from '../gradient/unbroadcast.js';
import { multiplyInto } from '../kernels/matrix-product.js';
import { room, toData } from '../kernels/numbers.js';
import { broadcastNumbers } from '../kernels/strided.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { site } from '../scope.js';
import { broadcastShapes, formatShape, productOf } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { gemm } from './gemm.js';
import { reshape } from './reshape.js';
import { squeeze } from './squeeze.js';
import { transpose } from './transpose.js';
import { unsqueeze } from './unsqueeze.js';
import { requireNumeric, requireSameDtype } from './families/elementwise.js';

/**
 * Product of matrices held in the last two axes; leading axes broadcast. A vector counts as a row on the left, as a column
 * on the right, and its axis disappears.
 *
 * Inner sizes equal (`GANYMEDE_SHAPE`), one numeric dtype (`GANYMEDE_DTYPE`). Floating products with one right-hand matrix
 * become Gemm, which absorbs transposes. ONNX: [MatMul-13](https://onnx.ai/onnx/operators/onnx__MatMul.html).
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  if (a.rank === 0 || b.rank === 0) refuse(a, b);
  if (a.rank === 1) return squeeze(matmul(unsqueeze(a, 0), b), Math.max(b.rank - 2, 0));
  if (b.rank === 1) return squeeze(matmul(a, unsqueeze(b, 1)), a.rank - 1);
  if (b.rank === 2 && isFloating(a.dtype) && a.dtype === b.dtype) {
    if (a.rank === 2) return fusedGemm(a, b);
    const [k = 1, n = 1] = b.shape;
    if (a.shape.at(-1) !== k) refuse(a, b);
    const rows = a.shape.slice(0, -1);
    return reshape(fusedGemm(reshape(a, [productOf(rows), k]), b), [...rows, n]);
  }
  return makeTensor(matMulOperator, [a, b], {});
}

/** A Gemm that reads through transposes of its operands. */
function fusedGemm(a: Tensor, b: Tensor): Tensor {
  const transA = a.operator.name === 'Transpose';
  const transB = b.operator.name === 'Transpose';
  return gemm(transA ? (a.inputs[0] ?? a) : a, transB ? (b.inputs[0] ?? b) : b, { transA, transB });
}

function refuse(a: Tensor, b: Tensor): never {
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${site('MatMul')}: ${formatShape(a.shape)} times ${formatShape(b.shape)} is no product of matrices`,
    hint: 'the last size of the first must be the last but one size of the second; leading axes broadcast',
  });
}

/** The last two axes exchanged. */
function transposed(x: Tensor): Tensor {
  const order = x.shape.map((_, i) => i);
  return transpose(x, [...order.slice(0, -2), x.rank - 1, x.rank - 2]);
}

export const matMulOperator = defineOperator<NoAttributes, Binary>({
  name: 'MatMul',
  infer: ([a, b]) => {
    requireSameDtype('MatMul', a, b);
    requireNumeric('MatMul', a, b);
    const [m = 1, k = 1] = a.shape.slice(-2);
    const [p = 1, n = 1] = b.shape.slice(-2);
    if (a.rank < 2 || b.rank < 2 || k !== p) refuse(a, b);
    const lead = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2), site('MatMul'));
    return { dtype: a.dtype, shape: [...lead, m, n] };
  },
  gradient: (g, _, [a, b]) => [
    () => unbroadcast(matmul(g, transposed(b)), a),
    () => unbroadcast(matmul(transposed(a), g), b),
  ],
  evaluate: ([a, b], _, output) => {
    const lead = output.shape.slice(0, -2);
    const [m = 0, n = 0] = output.shape.slice(-2);
    const k = a.shape.at(-1) ?? 0;
    const batches = lead.reduce((x, y) => x * y, 1);
    const left = broadcastNumbers(a, [...lead, m, k]);
    const right = broadcastNumbers(b, [...lead, k, n]);
    const to = room(output);
    for (let i = 0; i < batches; i++) {
      const x = { data: left, offset: i * m * k, row: k, column: 1 };
      const y = { data: right, offset: i * k * n, row: n, column: 1 };
      multiplyInto(to, i * m * n, x, y, [m, k, n]);
    }
    return toData(output.dtype, to);
  },
  onnx: { decode: ([a, b]) => matmul(a, b) },
});
