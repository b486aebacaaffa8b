import * as t from '../index.js';
import { scatterCases } from './scatter.table.js';
import { between, elements, given, type OperatorCase, sigma, ofX, fromX } from '../../test/operator-case.js';

/** Operators that choose elements by number, and rearrangements of blocks. */
export const indexingCases: readonly OperatorCase[] = [
  ...(['int32', 'int64'] as const).flatMap((dtype): OperatorCase[] => [
    {
      name: `gather rows, ${dtype}`,
      inputs: { x: between([4, 3]), i: given(dtype, [2, 2], [3, 0, -1, 1]) },
      build: ({ x, i }) => t.gather(x as t.Tensor, i as t.Tensor),
      expected: ({ x }) =>
        elements([2, 2, 3], (a = 0, b = 0, k = 0) => x?.([3, 0, 3, 1][a * 2 + b] ?? 0, k) ?? 0),
    },
    {
      name: `gather along axis 1, ${dtype}`,
      inputs: { x: between([2, 3, 2]), i: given(dtype, [4], [2, 2, 0, -3]) },
      build: ({ x, i }) => t.gather(x as t.Tensor, i as t.Tensor, -2),
      expected: ({ x }) => elements([2, 4, 2], (a = 0, b = 0, k = 0) => x?.(a, [2, 2, 0, 0][b] ?? 0, k) ?? 0),
    },
    {
      name: `gather one, ${dtype}`,
      inputs: { x: between([2, 3]), i: given(dtype, [], [1]) },
      build: ({ x, i }) => t.gather(x as t.Tensor, i as t.Tensor, 1),
      expected: ({ x }) => elements([2], (a = 0) => x?.(a, 1) ?? 0),
    },
    {
      name: `gatherElements, ${dtype}`,
      inputs: { x: between([2, 3]), i: given(dtype, [2, 2], [2, 0, 1, 1]) },
      build: ({ x, i }) => t.gatherElements(x as t.Tensor, i as t.Tensor, 1),
      expected: ({ x }) =>
        elements(
          [2, 2],
          (a = 0, b = 0) =>
            x?.(
              a,
              [
                [2, 0],
                [1, 1],
              ][a]?.[b] ?? 0,
            ) ?? 0,
        ),
    },
    {
      name: `scatterElements, ${dtype}`,
      inputs: { x: between([3, 2]), i: given(dtype, [1, 2], [2, 0]), u: between([1, 2]) },
      build: ({ x, i, u }) => t.scatterElements(x as t.Tensor, i as t.Tensor, u as t.Tensor, 0),
      expected: ({ x, u }) =>
        elements([3, 2], (a = 0, b = 0) =>
          (b === 0 ? a === 2 : a === 0) ? (u?.(0, b) ?? 0) : (x?.(a, b) ?? 0),
        ),
    },
    {
      name: `scatterElements adding, ${dtype}`,
      inputs: { x: between([2, 3]), i: given(dtype, [2, 3], [0, 0, 2, 1, 1, 1]), u: between([2, 3]) },
      build: ({ x, i, u }) => t.scatterElements(x as t.Tensor, i as t.Tensor, u as t.Tensor, 1, 'add'),
      expected: ({ x, u }) =>
        elements(
          [2, 3],
          (a = 0, b = 0) =>
            (x?.(a, b) ?? 0) +
            sigma(3, (k) =>
              [
                [0, 0, 2],
                [1, 1, 1],
              ][a]?.[k] === b
                ? (u?.(a, k) ?? 0)
                : 0,
            ),
        ),
    },
    {
      name: `scatterND of elements, ${dtype}`,
      inputs: { x: between([2, 3]), i: given(dtype, [2, 2], [0, 1, 1, -1]), u: between([2]) },
      build: ({ x, i, u }) => t.scatterND(x as t.Tensor, i as t.Tensor, u as t.Tensor),
      expected: ({ x, u }) =>
        elements([2, 3], (a = 0, b = 0) =>
          a === 0 && b === 1 ? (u?.(0) ?? 0) : a === 1 && b === 2 ? (u?.(1) ?? 0) : (x?.(a, b) ?? 0),
        ),
    },
    {
      name: `scatterND of rows adding, ${dtype}`,
      inputs: { x: between([3, 2]), i: given(dtype, [3, 1], [2, 0, 2]), u: between([3, 2]) },
      build: ({ x, i, u }) => t.scatterND(x as t.Tensor, i as t.Tensor, u as t.Tensor, 'add'),
      expected: ({ x, u }) =>
        elements(
          [3, 2],
          (a = 0, b = 0) => (x?.(a, b) ?? 0) + sigma(3, (k) => ([2, 0, 2][k] === a ? (u?.(k, b) ?? 0) : 0)),
        ),
    },
    {
      name: `gatherND, ${dtype}`,
      inputs: { x: between([2, 3, 2]), i: given(dtype, [3, 2], [0, 2, 1, 1, 0, -1]) },
      build: ({ x, i }) => t.gatherND(x as t.Tensor, i as t.Tensor),
      expected: ({ x }) =>
        elements([3, 2], (a = 0, k = 0) => x?.([0, 1, 0][a] ?? 0, [2, 1, 2][a] ?? 0, k) ?? 0),
    },
    {
      name: `oneHot, ${dtype}`,
      inputs: { i: given(dtype, [2, 2], [0, 2, 1, -1]) },
      build: ({ i }) => t.oneHot(i as t.Tensor, 3),
      expected: () => elements([2, 2, 3], (a = 0, b = 0, k = 0) => Number([0, 2, 1, 2][a * 2 + b] === k)),
      notDifferentiable: 'integers',
    },
  ]),
  ...(['DCR', 'CRD'] as const).map(
    (order): OperatorCase => ({
      name: `depthToSpace ${order}`,
      inputs: { x: between([2, 8, 2, 3]) },
      build: ofX((x) => t.depthToSpace(x, 2, order)),
      expected: fromX([2, 2, 4, 6], (x, n = 0, c = 0, h = 0, w = 0) => {
        const block = (h % 2) * 2 + (w % 2);
        return x(n, order === 'DCR' ? block * 2 + c : c * 4 + block, Math.floor(h / 2), Math.floor(w / 2));
      }),
    }),
  ),
  {
    name: 'spaceToDepth',
    inputs: { x: between([1, 2, 4, 2]) },
    build: ofX((x) => t.spaceToDepth(x, 2)),
    expected: fromX([1, 8, 2, 1], (x, n = 0, c = 0, h = 0, w = 0) => {
      const block = Math.floor(c / 2);
      return x(n, c % 2, h * 2 + Math.floor(block / 2), w * 2 + (block % 2));
    }),
  },
  {
    name: 'resizeNearest',
    inputs: { x: between([1, 2, 2, 3]) },
    build: ofX((x) => t.resizeNearest(x, [2, 3])),
    expected: fromX([1, 2, 4, 9], (x, n = 0, c = 0, h = 0, w = 0) =>
      x(n, c, Math.floor(h / 2), Math.floor(w / 3)),
    ),
  },
  {
    name: 'full, zeros, ones',
    inputs: { x: between([2, 2]) },
    build: ofX((x) =>
      t.add(t.mul(x, t.full([2, 2], 3, x.dtype)), t.add(t.ones([2], x.dtype), t.zeros([2, 1], x.dtype))),
    ),
    expected: fromX([2, 2], (x, i = 0, j = 0) => 3 * x(i, j) + 1),
  },
  ...scatterCases,
];
