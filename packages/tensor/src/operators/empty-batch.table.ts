import * as t from '../index.js';
import { between, exactly, listed, type OperatorCase } from '../../test/operator-case.js';

const zeros = (n: number): number[] => new Array<number>(n).fill(0);
const tensor = (x: t.Tensor | undefined): t.Tensor => x as t.Tensor;

const row = (
  name: string,
  shape: readonly number[],
  f: (x: t.Tensor, w: t.Tensor) => t.Tensor,
  result: readonly number[],
  w: readonly number[] = [],
  rest: Partial<OperatorCase> = {},
): OperatorCase => ({
  name,
  inputs: { x: exactly([], shape), w: between(w) },
  build: (i) => f(tensor(i.x), tensor(i.w)),
  expected: listed(result, zeros(result.reduce((a, b) => a * b, 1))),
  ...rest,
});

/** Weights count although no example does: their derivative is 0. */
const weighted = (y: t.Tensor, w: t.Tensor): t.Tensor => t.mul(y, t.sum(w));

/** Products, windows and recurrences of no examples, and sums over nothing. */
export const emptyBatchCases: readonly OperatorCase[] = [
  row('matmul over nothing', [2, 0], (x, w) => t.matmul(x, t.reshape(w, [0, 3])), [2, 3], [0, 3]),
  row('matmul of no matrices', [0, 2, 3], (x, w) => t.matmul(x, w), [0, 2, 2], [3, 2]),
  row('matmul of no matrices, in batches', [0, 2, 3], (x, w) => t.matmul(x, w), [0, 2, 2], [1, 3, 2], {
    notInRuntime: 'does not broadcast matrices against none',
  }),
  row('gemm of no rows', [0, 3], (x, w) => t.gemm(x, w), [0, 2], [3, 2]),
  row('einsum over nothing', [0, 2], (x, w) => t.einsum('ni,ij->j', x, w), [3], [2, 3]),
  row('conv of no images', [0, 2, 4, 4], (x, w) => t.conv(x, w, { pads: 1 }), [0, 3, 4, 4], [3, 2, 3, 3]),
  row(
    'convTranspose of no images',
    [0, 2, 2, 2],
    (x, w) => t.convTranspose(x, w, { strides: 2 }),
    [0, 3, 4, 4],
    [2, 3, 2, 2],
  ),
  row('maxPool of no images', [0, 2, 4, 4], (x, w) => weighted(t.maxPool(x, { kernel: 2 }), w), [0, 2, 2, 2]),
  row(
    'averagePool of no images',
    [0, 2, 4, 4],
    (x, w) => weighted(t.averagePool(x, { kernel: 2 }), w),
    [0, 2, 2, 2],
  ),
  row(
    'resize of no images',
    [0, 1, 2, 2],
    (x, w) => weighted(t.resize(x, { sizes: [3, 5], mode: 'linear' }), w),
    [0, 1, 3, 5],
    [],
    { notInRuntime: 'does not broadcast matrices against none, in the gradient' },
  ),
  row('topK of no rows', [0, 4], (x, w) => weighted(t.topK(x, 2).values, w), [0, 2]),
  row(
    'instanceNormalization of no images',
    [0, 2, 3],
    (x, w) => weighted(t.instanceNormalization(x), w),
    [0, 2, 3],
  ),
  row('pad of no rows', [0, 2], (x, w) => weighted(t.pad(x, [0, 1, 0, 1], { mode: 'reflect' }), w), [0, 4]),
];
