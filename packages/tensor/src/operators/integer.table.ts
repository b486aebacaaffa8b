import * as t from '../index.js';
import { given, listed, type OperatorCase } from '../../test/operator-case.js';

type Inputs = Readonly<Record<string, t.Tensor>>;

/** A row of a function of integers or booleans; `wanted` lists the result row-major. */
const row = (
  name: string,
  inputs: OperatorCase['inputs'],
  build: (inputs: Required<Inputs>) => t.Tensor,
  shape: readonly number[],
  wanted: readonly number[],
  rest: Partial<OperatorCase> = {},
): OperatorCase => ({
  name,
  inputs,
  build: build as OperatorCase['build'],
  expected: listed(shape, wanted),
  notDifferentiable: 'integers',
  ...rest,
});

const signed = ['int32', 'int64'] as const;
const flags = given('bool', [2, 3], [1, 0, 1, 0, 0, 1]);
const bytes = given('uint8', [4], [0, 1, 128, 255]);

/** What each operator does with numbers that are not floating, beside the rows of its family. */
export const integerCases: readonly OperatorCase[] = [
  ...signed.flatMap((dtype): OperatorCase[] => {
    const x = given(dtype, [2, 3], [3, -1, 2, -5, 4, 0]);
    const of = (name: string, f: (x: t.Tensor) => t.Tensor, shape: number[], wanted: number[], rest = {}) =>
      row(`${name} of ${dtype}`, { x }, ({ x }) => f(x as t.Tensor), shape, wanted, rest);
    return [
      of('abs', t.abs, [2, 3], [3, 1, 2, 5, 4, 0], { dtype }),
      of('sign', t.sign, [2, 3], [1, -1, 1, -1, 1, 0], { dtype }),
      of('clip', (x) => t.clip(x, -1, 2), [2, 3], [2, -1, 2, -1, 2, 0], { dtype }),
      of('sub', (x) => t.sub(x, 2), [2, 3], [1, -3, 0, -7, 2, -2], { dtype }),
      of('maximum', (x) => t.maximum(x, 0), [2, 3], [3, 0, 2, 0, 4, 0], { dtype }),
      of('minimum', (x) => t.minimum(x, 0), [2, 3], [0, -1, 0, -5, 0, 0], { dtype }),
      of('pow', (x) => t.pow(x, 3), [2, 3], [27, -1, 8, -125, 64, 0], { dtype }),
      of('equal', (x) => t.equal(x, 2), [2, 3], [0, 0, 1, 0, 0, 0], { dtype: 'bool' }),
      of('less', (x) => t.less(x, 2), [2, 3], [0, 1, 0, 1, 0, 1], { dtype: 'bool' }),
      of('greaterOrEqual', (x) => t.greaterOrEqual(x, 2), [2, 3], [1, 0, 1, 0, 1, 0]),
      of('sum', (x) => t.sum(x, 0), [3], [-2, 3, 2], { dtype }),
      of('prod', (x) => t.prod(x, 1), [2], [-6, 0], { dtype }),
      of('max', (x) => t.max(x, -1, true), [2, 1], [3, 4], { dtype }),
      of('min', (x) => t.min(x), [], [-5], { dtype }),
      of('argMax', (x) => t.argMax(x, 0), [3], [0, 1, 0], { dtype: 'int64' }),
      of('cumSum', (x) => t.cumSum(x, 1), [2, 3], [3, 2, 4, -5, -1, -1], { dtype }),
      of('cast', (x) => t.cast(x, 'float32'), [2, 3], [3, -1, 2, -5, 4, 0], { dtype: 'float32' }),
      of('concat', (x) => t.concat([x, x], 1), [2, 6], [3, -1, 2, 3, -1, 2, -5, 4, 0, -5, 4, 0]),
      of(
        'slice',
        (x) => t.slice(x, { axes: [1], starts: [-1], ends: [-Infinity], steps: [-2] }),
        [2, 2],
        [2, 3, 0, -5],
      ),
      of('pad', (x) => t.pad(x, [0, 1, 0, 0], { value: 7 }), [2, 4], [7, 3, -1, 2, 7, -5, 4, 0], { dtype }),
      of('tile', (x) => t.tile(x, [1, 2]), [2, 6], [3, -1, 2, 3, -1, 2, -5, 4, 0, -5, 4, 0], { dtype }),
      of('transpose', (x) => t.transpose(x), [3, 2], [3, -5, -1, 4, 2, 0], { dtype }),
      of('where', (x) => t.where(t.less(x, 0), t.neg(x), x), [2, 3], [3, 1, 2, 5, 4, 0], { dtype }),
      of('expand', (x) => t.expand(t.sum(x, 0, true), [2, 3]), [2, 3], [-2, 3, 2, -2, 3, 2], { dtype }),
      of('trilu', (x) => t.trilu(x), [2, 3], [3, -1, 2, 0, 4, 0], { dtype }),
      of('reverse', (x) => t.reverse(x), [2, 3], [0, 4, -5, 2, -1, 3], { dtype }),
      of('eyeLike', (x) => t.eyeLike(x), [2, 3], [1, 0, 0, 0, 1, 0], { dtype }),
    ];
  }),
  ...(
    [
      ['sumSquare', t.sumSquare],
      ['l1Norm', t.l1Norm],
    ] as const
  ).map(([name, f]) =>
    row(
      `${name} of int32`,
      { x: given('int32', [2, 2], [3, -1, -5, 4]) },
      ({ x }) => f(x as t.Tensor, 1),
      [2],
      name === 'l1Norm' ? [4, 9] : [10, 41],
      { dtype: 'int32' },
    ),
  ),
  row(
    'add of int32 wraps around',
    { x: given('int32', [2], [2147483647, -2147483648]) },
    ({ x }) => t.add(x as t.Tensor, -1),
    [2],
    [2147483646, 2147483647],
  ),
  row(
    'cast to uint8',
    { x: given('int32', [3], [0, 7, 255]) },
    ({ x }) => t.cast(x as t.Tensor, 'uint8'),
    [3],
    [0, 7, 255],
  ),
  row('cast from uint8', { x: bytes }, ({ x }) => t.cast(x as t.Tensor, 'int64'), [4], [0, 1, 128, 255]),
  row('cast from bool', { x: flags }, ({ x }) => t.cast(x as t.Tensor, 'int32'), [2, 3], [1, 0, 1, 0, 0, 1]),
  row(
    'bitShift to the left',
    { x: bytes, n: given('uint8', [4], [1, 7, 1, 4]) },
    ({ x, n }) => t.bitShift(x as t.Tensor, n as t.Tensor, 'LEFT'),
    [4],
    [0, 128, 0, 240],
    { dtype: 'uint8' },
  ),
  row(
    'bitShift to the right, broadcasting',
    { x: bytes },
    ({ x }) => t.bitShift(x as t.Tensor, 3, 'RIGHT'),
    [4],
    [0, 0, 16, 31],
  ),
  row(
    'xor, broadcasting',
    { a: flags, b: given('bool', [3], [1, 0, 0]) },
    ({ a, b }) => t.xor(a as t.Tensor, b as t.Tensor),
    [2, 3],
    [0, 0, 1, 1, 0, 1],
    { notDifferentiable: 'bool', dtype: 'bool' },
  ),
  row(
    'equal of bool',
    { a: flags },
    ({ a }) => t.equal(a as t.Tensor, t.not(t.reverse(a as t.Tensor, 1))),
    [2, 3],
    [0, 0, 0, 1, 0, 1],
    { notDifferentiable: 'bool' },
  ),
  ...(
    [
      ['transpose', (x) => t.transpose(x), [3, 2], [1, 0, 0, 0, 1, 1]],
      ['reshape', (x) => t.reshape(x, [6]), [6], [1, 0, 1, 0, 0, 1]],
      ['slice', (x) => t.slice(x, { axes: [1], starts: [1], ends: [3] }), [2, 2], [0, 1, 0, 1]],
      ['concat', (x) => t.concat([x, x], 0), [4, 3], [1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1]],
      ['tile', (x) => t.tile(x, [2, 1]), [4, 3], [1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1]],
      [
        'expand',
        (x) => t.expand(t.unsqueeze(x, 0), [2, 2, 3]),
        [2, 2, 3],
        [1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1],
      ],
      ['gather', (x) => t.gather(x, t.constant([2, 0], 'int64'), 1), [2, 2], [1, 1, 1, 0]],
      ['where', (x) => t.where(x, t.not(x), x), [2, 3], [0, 0, 0, 0, 0, 0]],
      ['pad', (x) => t.pad(x, [0, 1, 0, 0], { value: 1 }), [2, 4], [1, 1, 0, 1, 1, 0, 0, 1]],
      ['trilu', (x) => t.trilu(x, { upper: false }), [2, 3], [1, 0, 0, 0, 0, 0]],
    ] satisfies [string, (x: t.Tensor) => t.Tensor, number[], number[]][]
  ).map(([name, f, shape, wanted]) =>
    row(`${name} of bool`, { x: flags }, ({ x }) => f(x as t.Tensor), shape, wanted, {
      notDifferentiable: 'bool',
      dtype: 'bool',
    }),
  ),
  row(
    'scatterElements of int64, adding',
    { x: given('int64', [3], [1, 2, 3]), i: given('int64', [2], [2, 2]), u: given('int64', [2], [10, 20]) },
    ({ x, i, u }) => t.scatterElements(x as t.Tensor, i as t.Tensor, u as t.Tensor, 0, 'add'),
    [3],
    [1, 2, 33],
  ),
  row(
    'gatherND of int32',
    { x: given('int32', [2, 2], [1, 2, 3, 4]), i: given('int64', [2, 2], [0, 1, -1, 0]) },
    ({ x, i }) => t.gatherND(x as t.Tensor, i as t.Tensor),
    [2],
    [2, 3],
  ),
  row(
    'range',
    {},
    () => t.stack([t.range(0, 6, 2, 'int64'), t.range(5, 2, -1, 'int64')]),
    [2, 3],
    [0, 2, 4, 5, 4, 3],
    { dtype: 'int64' },
  ),
  row('range of fractions', {}, () => t.range(-1, 1, 0.75), [3], [-1, -0.25, 0.5]),
];
