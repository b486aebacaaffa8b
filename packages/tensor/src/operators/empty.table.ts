import * as t from '../index.js';
import { between, exactly, given, listed, type OperatorCase, ofX } from '../../test/operator-case.js';

const nothing = (shape: readonly number[]) => exactly([], shape);

/** A row of a function of `[2, 0, 3]`. */
const of = (
  name: string,
  f: (x: t.Tensor) => t.Tensor,
  shape: readonly number[],
  wanted: readonly number[] = [],
  rest: Partial<OperatorCase> = {},
): OperatorCase => ({
  name: `${name} of nothing`,
  inputs: { x: nothing([2, 0, 3]) },
  build: ofX(f),
  expected: listed(shape, wanted),
  ...rest,
});

/** The same of `[1, 3, 1]`. */
const single = (
  name: string,
  f: (x: t.Tensor) => t.Tensor,
  shape: readonly number[],
  wanted: readonly number[],
  rest: Partial<OperatorCase> = {},
): OperatorCase => ({
  name: `${name} along sizes of 1`,
  inputs: { x: exactly([2, -3, 0.5], [1, 3, 1]) },
  build: ofX(f),
  expected: listed(shape, wanted),
  ...rest,
});

const six = [0, 0, 0, 0, 0, 0];
const nan6 = six.map(() => Number.NaN);

/** Operators on tensors without elements, and along axes of one. */
export const emptyCases: readonly OperatorCase[] = [
  of('tanh', (x) => t.tanh(x), [2, 0, 3]),
  of('leakyRelu', (x) => t.leakyRelu(x, 0.2), [2, 0, 3]),
  of('cast', (x) => t.cast(x, 'int64'), [2, 0, 3], [], { notDifferentiable: 'integers' }),
  of('sum', (x) => t.sum(x, 1), [2, 3], six),
  of('sum over all', (x) => t.sum(x), [], [0]),
  of('sumSquare', (x) => t.sumSquare(x, 1, true), [2, 1, 3], six),
  of('l1Norm', (x) => t.l1Norm(x, 1), [2, 3], six),
  of(
    'prod',
    (x) => t.prod(x, 1),
    [2, 3],
    six.map(() => 1),
  ),
  of('mean', (x) => t.mean(x, 1), [2, 3], nan6, {
    notDifferentiable: 'it is 0 / 0',
    notInRuntime: 'gives 0 for the mean of nothing',
  }),
  of('max beside', (x) => t.max(x, 2), [2, 0], []),
  of('argMax beside', (x) => t.argMax(x, 0), [0, 3], [], { notDifferentiable: 'integers' }),
  of('cumSum', (x) => t.cumSum(x, 1), [2, 0, 3]),
  of('softmax', (x) => t.softmax(x, 1), [2, 0, 3]),
  of('reshape', (x) => t.reshape(x, [0, 6]), [0, 6]),
  of('flatten', (x) => t.flatten(x), [2, 0]),
  of('transpose', (x) => t.transpose(x), [3, 0, 2]),
  of('unsqueeze, squeeze', (x) => t.squeeze(t.unsqueeze(x, 0), 0), [2, 0, 3]),
  of('expand', (x) => t.expand(x, [2, 2, 0, 3]), [2, 2, 0, 3]),
  of(
    'concat',
    (x) => t.concat([x, t.ones([2, 1, 3], x.dtype), x], 1),
    [2, 1, 3],
    six.map(() => 1),
  ),
  of(
    'pad',
    (x) => t.pad(x, [0, 1, 0, 0, 0, 0], { value: 2 }),
    [2, 1, 3],
    six.map(() => 2),
  ),
  of('tile', (x) => t.tile(x, [1, 2, 1]), [2, 0, 3]),
  of('reverse', (x) => t.reverse(x), [2, 0, 3]),
  of('gather', (x) => t.gather(x, t.constant([1, 1, 0], 'int64'), 0), [3, 0, 3]),
  of('shapeOf', t.shapeOf, [3], [2, 0, 3], { notDifferentiable: 'integers' }),
  of('size', t.size, [], [0], { notDifferentiable: 'integers' }),
  {
    name: 'gather with no indices',
    inputs: { x: between([3, 2]), i: given('int64', [0], []) },
    build: ({ x, i }) => t.gather(x as t.Tensor, i as t.Tensor),
    expected: listed([0, 2], []),
  },
  {
    name: 'slice down to nothing',
    inputs: { x: between([3, 2]) },
    build: ofX((x) => t.slice(x, { axes: [0], starts: [2], ends: [1] })),
    expected: listed([0, 2], []),
  },
  {
    name: 'oneHot of nothing',
    inputs: { i: given('int64', [0], []) },
    build: ({ i }) => t.oneHot(i as t.Tensor, 3),
    expected: listed([0, 3], []),
    notDifferentiable: 'integers',
  },
  ...(['none', 'add', 'mul', 'max'] as const).map(
    (reduction): OperatorCase => ({
      name: `scatterND of nothing, ${reduction}`,
      inputs: { x: exactly([1, 2, 3, 4], [2, 2]), i: given('int64', [0, 1], []), u: nothing([0, 2]) },
      build: ({ x, i, u }) => t.scatterND(x as t.Tensor, i as t.Tensor, u as t.Tensor, reduction),
      expected: listed([2, 2], [1, 2, 3, 4]),
    }),
  ),
  {
    name: 'segmentSum of nothing',
    inputs: { x: nothing([0, 2]), s: given('int64', [0], []) },
    build: ({ x, s }) => t.segmentSum(x as t.Tensor, s as t.Tensor, 2),
    expected: listed([2, 2], [0, 0, 0, 0]),
  },
  single('sum', (x) => t.sum(x, [0, 2]), [3], [2, -3, 0.5]),
  single('mean', (x) => t.mean(x, 0), [3, 1], [2, -3, 0.5]),
  single('max', (x) => t.max(x, -1), [1, 3], [2, -3, 0.5]),
  single('prod', (x) => t.prod(x, 2, true), [1, 3, 1], [2, -3, 0.5]),
  single('variance', (x) => t.variance(x, 0), [3, 1], [0, 0, 0]),
  single('logSumExp', (x) => t.logSumExp(x, 0), [3, 1], [2, -3, 0.5]),
  single('softmax', (x) => t.softmax(x, 0), [1, 3, 1], [1, 1, 1]),
  single('logSoftmax', (x) => t.logSoftmax(x, 2), [1, 3, 1], [0, 0, 0]),
  single('cumSum', (x) => t.cumSum(x, 0), [1, 3, 1], [2, -3, 0.5]),
  single('argMax', (x) => t.argMax(x, 2), [1, 3], [0, 0, 0], { notDifferentiable: 'integers' }),
  single('concat', (x) => t.concat([x, x], -1), [1, 3, 2], [2, 2, -3, -3, 0.5, 0.5]),
  single('tile', (x) => t.tile(x, [2, 1, 1]), [2, 3, 1], [2, -3, 0.5, 2, -3, 0.5]),
];
