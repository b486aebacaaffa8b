import * as t from '../index.js';
import { between, elements, exactly, given, indices, type OperatorCase } from '../../test/operator-case.js';

type Reduction = Exclude<t.ScatterReduction, 'none'>;

const combine: Readonly<Record<Reduction, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  mul: (a, b) => a * b,
  max: Math.max,
  min: Math.min,
};

const reductions = ['add', 'mul', 'max', 'min'] as const;
const along = [
  [2, 0, -1, 0],
  [1, 1, 1, 0],
];

const segments = [
  ['segmentSum', t.segmentSum],
  ['segmentMean', t.segmentMean],
  ['segmentMax', t.segmentMax],
] as const;

/** Scatters that reduce, their places written to several times, and what is made of them. */
export const scatterCases: readonly OperatorCase[] = [
  ...reductions.map(
    (reduction): OperatorCase => ({
      name: `scatterElements ${reduction}, places written several times`,
      inputs: { x: between([3, 3]), i: given('int64', [2, 4], along.flat()), u: between([2, 4], -2, 2) },
      build: ({ x, i, u }) => t.scatterElements(x as t.Tensor, i as t.Tensor, u as t.Tensor, -1, reduction),
      expected: ({ x, u }) =>
        elements([3, 3], (a = 0, b = 0) =>
          (along[a] ?? []).reduce(
            (y, place, k) => ((place + 3) % 3 === b ? combine[reduction](y, u?.(a, k) ?? 0) : y),
            x?.(a, b) ?? 0,
          ),
        ),
    }),
  ),
  ...reductions.map(
    (reduction): OperatorCase => ({
      name: `scatterElements ${reduction} along axis 0, int32, fewer columns`,
      inputs: {
        x: between([2, 3]),
        i: given('int32', [3, 2], [0, 1, 0, 1, 1, -1]),
        u: between([3, 2], -2, 2),
      },
      build: ({ x, i, u }) => t.scatterElements(x as t.Tensor, i as t.Tensor, u as t.Tensor, 0, reduction),
      expected: ({ x, u }) =>
        elements([2, 3], (a = 0, b = 0) =>
          [
            [0, 1],
            [0, 1],
            [1, 1],
          ].reduce((y, row, k) => (row[b] === a ? combine[reduction](y, u?.(k, b) ?? 0) : y), x?.(a, b) ?? 0),
        ),
    }),
  ),
  ...reductions.map(
    (reduction): OperatorCase => ({
      name: `scatterND ${reduction} of rows, written several times`,
      inputs: {
        x: between([3, 2]),
        i: given('int64', [2, 2, 1], [2, 0, -1, 2]),
        u: between([2, 2, 2], -2, 2),
      },
      build: ({ x, i, u }) => t.scatterND(x as t.Tensor, i as t.Tensor, u as t.Tensor, reduction),
      expected: ({ x, u }) =>
        elements([3, 2], (a = 0, b = 0) =>
          [2, 0, 2, 2].reduce(
            (y, row, k) => (row === a ? combine[reduction](y, u?.(k >> 1, k % 2, b) ?? 0) : y),
            x?.(a, b) ?? 0,
          ),
        ),
    }),
  ),
  ...reductions.map(
    (reduction): OperatorCase => ({
      name: `scatterND ${reduction} of elements`,
      inputs: { x: between([2, 2]), i: given('int32', [3, 2], [0, 1, 1, 0, 0, -1]), u: between([3], -2, 2) },
      build: ({ x, i, u }) => t.scatterND(x as t.Tensor, i as t.Tensor, u as t.Tensor, reduction),
      expected: ({ x, u }) =>
        elements([2, 2], (a = 0, b = 0) =>
          [1, 2, 1].reduce(
            (y, place, k) => (place === a * 2 + b ? combine[reduction](y, u?.(k) ?? 0) : y),
            x?.(a, b) ?? 0,
          ),
        ),
    }),
  ),
  {
    name: 'scatterElements mul with zeros',
    inputs: {
      x: exactly([2, 0, 3]),
      i: given('int64', [5], [0, 0, 1, 2, 2]),
      u: exactly([0, 5, 7, 0, 0]),
    },
    build: ({ x, i, u }) => t.scatterElements(x as t.Tensor, i as t.Tensor, u as t.Tensor, 0, 'mul'),
    expected: () => elements([3], () => 0),
  },
  {
    name: 'gatherND with a batch',
    inputs: { x: between([2, 3, 4]), i: given('int32', [2, 2, 1], [2, 0, -1, 1]) },
    build: ({ x, i }) => t.gatherND(x as t.Tensor, i as t.Tensor, { batchDims: 1 }),
    expected: ({ x }) =>
      elements([2, 2, 4], (n = 0, k = 0, j = 0) => x?.(n, [2, 0, 2, 1][n * 2 + k] ?? 0, j) ?? 0),
  },
  {
    name: 'gatherND with two batch axes',
    inputs: { x: between([2, 2, 3]), i: given('int64', [2, 2, 1], [2, 0, -1, 1]) },
    build: ({ x, i }) => t.gatherND(x as t.Tensor, i as t.Tensor, { batchDims: 2 }),
    expected: ({ x }) => elements([2, 2], (n = 0, k = 0) => x?.(n, k, [2, 0, 2, 1][n * 2 + k] ?? 0) ?? 0),
  },
  ...segments.flatMap(([name, f]): OperatorCase[] => {
    const reduce = (list: readonly number[]): number => {
      const total = list.reduce((a, b) => a + b, 0);
      if (name === 'segmentMax') return Math.max(...list);
      return name === 'segmentSum' ? total : total / Math.max(1, list.length);
    };
    const rows = [2, 0, 2, 2, 1];
    return [
      {
        name: `${name} of rows`,
        inputs: { x: between([5, 2]), s: given('int64', [5], rows) },
        build: ({ x, s }) => f(x as t.Tensor, s as t.Tensor, 3),
        expected: ({ x }) =>
          elements([3, 2], (a = 0, b = 0) =>
            reduce(rows.flatMap((r, k) => (r === a ? [x?.(k, b) ?? 0] : []))),
          ),
      },
      {
        name: `${name} of elements in two axes, one segment empty`,
        inputs: { x: between([2, 2]), s: given('int32', [2, 2], [0, 2, 2, 2]) },
        build: ({ x, s }) => {
          const result = f(x as t.Tensor, s as t.Tensor, 3);
          // Nothing is the largest of nothing; a bound keeps the derivative's check finite.
          return name === 'segmentMax' ? t.maximum(result, -5) : result;
        },
        expected: ({ x }) =>
          elements([3], (a = 0) => {
            const places = indices([2, 2]).filter((_, k) => [0, 2, 2, 2][k] === a);
            return Math.max(-5, reduce(places.map((at) => x?.(...at) ?? 0)));
          }),
      },
    ];
  }),
];
