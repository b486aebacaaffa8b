import * as t from '../index.js';
import { between, elements, fromX, given, listed, ofX, type OperatorCase } from '../../test/operator-case.js';

/** Operators that move elements. */
export const shapeCases: readonly OperatorCase[] = [
  {
    name: 'reshape with -1',
    inputs: { x: between([2, 3, 2]) },
    build: ofX((x) => t.reshape(x, [3, -1])),
    expected: fromX([3, 4], (x, i = 0, j = 0) => {
      const at = i * 4 + j;
      return x(Math.floor(at / 6), Math.floor(at / 2) % 3, at % 2);
    }),
  },
  {
    name: 'flatten',
    inputs: { x: between([2, 3, 2]) },
    build: ofX((x) => t.flatten(x)),
    expected: fromX([2, 6], (x, i = 0, j = 0) => x(i, Math.floor(j / 2), j % 2)),
  },
  {
    name: 'transpose',
    inputs: { x: between([2, 3, 4]) },
    build: ofX((x) => t.transpose(x)),
    expected: fromX([4, 3, 2], (x, i = 0, j = 0, k = 0) => x(k, j, i)),
  },
  {
    name: 'transpose by a permutation',
    inputs: { x: between([2, 3, 4]) },
    build: ofX((x) => t.transpose(x, [1, -1, 0])),
    expected: fromX([3, 4, 2], (x, i = 0, j = 0, k = 0) => x(k, i, j)),
  },
  {
    name: 'expand',
    inputs: { x: between([3, 1]) },
    build: ofX((x) => t.expand(x, [2, 3, 4])),
    expected: fromX([2, 3, 4], (x, _, j = 0) => x(j, 0)),
  },
  {
    name: 'squeeze, unsqueeze',
    inputs: { x: between([1, 3, 1, 2]) },
    build: ofX((x) => t.unsqueeze(t.squeeze(x, -2), [0, -1])),
    expected: fromX([1, 1, 3, 2, 1], (x, _, __, j = 0, k = 0) => x(0, j, 0, k)),
  },
  {
    name: 'squeeze all',
    inputs: { x: between([1, 3, 1, 2]) },
    build: ofX((x) => t.squeeze(x)),
    expected: fromX([3, 2], (x, j = 0, k = 0) => x(0, j, 0, k)),
  },
  {
    name: 'slice',
    inputs: { x: between([4, 5]) },
    build: ofX((x) => t.slice(x, { axes: [0, -1], starts: [1, -3], ends: [3, 100] })),
    expected: fromX([2, 3], (x, i = 0, j = 0) => x(i + 1, j + 2)),
  },
  {
    name: 'slice with steps',
    inputs: { x: between([7, 6]) },
    build: ofX((x) => t.slice(x, { axes: [0, 1], starts: [1, 0], ends: [7, 6], steps: [3, 2] })),
    expected: fromX([2, 3], (x, i = 0, j = 0) => x(1 + 3 * i, 2 * j)),
  },
  {
    name: 'slice backwards',
    inputs: { x: between([5, 2]) },
    build: ofX((x) => t.slice(x, { axes: [0], starts: [-1], ends: [-Infinity], steps: [-2] })),
    expected: fromX([3, 2], (x, i = 0, j = 0) => x(4 - 2 * i, j)),
  },
  {
    name: 'concat',
    inputs: { a: between([2, 1, 2]), b: between([2, 3, 2]) },
    build: ({ a, b }) => t.concat([a as t.Tensor, b as t.Tensor, a as t.Tensor], -2),
    expected: ({ a, b }) =>
      elements([2, 5, 2], (i = 0, j = 0, k = 0) =>
        j === 0 || j === 4 ? (a?.(i, 0, k) ?? 0) : (b?.(i, j - 1, k) ?? 0),
      ),
  },
  {
    name: 'split and recombine',
    inputs: { x: between([2, 6]) },
    build: ofX((x) => {
      const [a, b, c] = t.split(x, [1, 2, 3], 1) as [t.Tensor, t.Tensor, t.Tensor];
      return t.add(t.mul(t.sum(b, 1, true), t.sum(c, 1, true)), a);
    }),
    expected: fromX([2, 1], (x, i = 0) => (x(i, 1) + x(i, 2)) * (x(i, 3) + x(i, 4) + x(i, 5)) + x(i, 0)),
  },
  {
    name: 'split into gates',
    inputs: { x: between([2, 6]) },
    build: ofX((x) => {
      const [a, b, c] = t.split(x, 3, -1) as [t.Tensor, t.Tensor, t.Tensor];
      return t.add(t.mul(a, b), t.square(c));
    }),
    expected: fromX([2, 2], (x, i = 0, j = 0) => x(i, j) * x(i, j + 2) + x(i, j + 4) ** 2),
  },
  {
    name: 'stack',
    inputs: { a: between([2, 3]), b: between([2, 3]) },
    build: ({ a, b }) => t.stack([a as t.Tensor, b as t.Tensor], -1),
    expected: ({ a, b }) =>
      elements([2, 3, 2], (i = 0, j = 0, k = 0) => (k === 0 ? (a?.(i, j) ?? 0) : (b?.(i, j) ?? 0))),
  },
  {
    name: 'pad',
    inputs: { x: between([2, 3]) },
    build: ofX((x) => t.pad(x, [1, 0, 0, 2], { value: 0.5 })),
    expected: fromX([3, 5], (x, i = 0, j = 0) => (i === 0 || j > 2 ? 0.5 : x(i - 1, j))),
  },
  {
    name: 'pad reflect',
    inputs: { x: between([2, 4]) },
    build: ofX((x) => t.pad(x, [0, 2, 0, 3], { mode: 'reflect' })),
    expected: fromX([2, 9], (x, i = 0, j = 0) => x(i, [2, 1, 0, 1, 2, 3, 2, 1, 0][j] ?? 0)),
  },
  {
    name: 'pad edge',
    inputs: { x: between([2, 2]) },
    build: ofX((x) => t.pad(x, [1, 2, 0, 1], { mode: 'edge' })),
    expected: fromX([3, 5], (x, i = 0, j = 0) => x(Math.max(i - 1, 0), Math.min(Math.max(j - 2, 0), 1))),
  },
  {
    name: 'tile',
    inputs: { x: between([2, 3]) },
    build: ofX((x) => t.tile(x, [2, 3])),
    expected: fromX([4, 9], (x, i = 0, j = 0) => x(i % 2, j % 3)),
  },
  {
    name: 'reverse',
    inputs: { x: between([2, 3]) },
    build: ofX((x) => t.reverse(x)),
    expected: fromX([2, 3], (x, i = 0, j = 0) => x(1 - i, 2 - j)),
  },
  {
    name: 'reverse along one axis',
    inputs: { x: between([2, 3, 2]) },
    build: ofX((x) => t.reverse(x, -2)),
    expected: fromX([2, 3, 2], (x, i = 0, j = 0, k = 0) => x(i, 2 - j, k)),
  },
  ...([0, 1] as const).flatMap((timeAxis) =>
    (['int32', 'int64'] as const).map(
      (dtype): OperatorCase => ({
        name: `reverseSequence, time axis ${timeAxis}, ${dtype}`,
        inputs: { x: between([4, 4, 2]), n: given(dtype, [4], [1, 4, 0, 3]) },
        build: ({ x, n }) => t.reverseSequence(x as t.Tensor, n as t.Tensor, { timeAxis }),
        expected: ({ x }) =>
          elements([4, 4, 2], (i = 0, j = 0, k = 0) => {
            const [step, row] = timeAxis === 0 ? [i, j] : [j, i];
            const length = [1, 4, 0, 3][row] ?? 0;
            const from = step < length ? length - 1 - step : step;
            return (timeAxis === 0 ? x?.(from, j, k) : x?.(i, from, k)) ?? 0;
          }),
      }),
    ),
  ),
  ...[-1, 0, 2].flatMap((k) =>
    [true, false].map(
      (upper): OperatorCase => ({
        name: `trilu ${upper ? 'upper' : 'lower'} ${k}`,
        inputs: { x: between([2, 3, 4]) },
        build: ofX((x) => t.trilu(x, { upper, k })),
        expected: fromX([2, 3, 4], (x, n = 0, i = 0, j = 0) =>
          (upper ? j - i >= k : j - i <= k) ? x(n, i, j) : 0,
        ),
      }),
    ),
  ),
  ...[0, 1, -2].map(
    (k): OperatorCase => ({
      name: `eyeLike ${k}`,
      inputs: { x: between([3, 4]) },
      build: ofX((x) => t.eyeLike(x, k)),
      expected: () => elements([3, 4], (i = 0, j = 0) => Number(j - i === k)),
      notDifferentiable: 'a constant',
    }),
  ),
  {
    name: 'eye',
    inputs: { x: between([3, 3]) },
    build: ofX((x) => t.sub(t.mul(t.eye(3, x.dtype), 2), x)),
    expected: fromX([3, 3], (x, i = 0, j = 0) => (i === j ? 2 : 0) - x(i, j)),
  },
  {
    name: 'shapeOf, size',
    inputs: { x: between([2, 3, 1]) },
    build: ofX((x) => t.concat([t.shapeOf(x), t.reshape(t.size(x), [1])], 0)),
    expected: listed([4], [2, 3, 1, 6]),
    notDifferentiable: 'integers',
    dtype: 'int64',
  },
  {
    name: 'slice backwards from the middle',
    inputs: { x: between([6]) },
    build: ofX((x) => t.slice(x, { axes: [-1], starts: [-2], ends: [0], steps: [-1] })),
    expected: fromX([4], (x, i = 0) => x(4 - i)),
  },
  {
    name: 'slice backwards and forwards at once',
    inputs: { x: between([7, 5]) },
    build: ofX((x) => t.slice(x, { axes: [0, 1], starts: [5, 1], ends: [0, 4], steps: [-2, 2] })),
    expected: fromX([3, 2], (x, i = 0, j = 0) => x(5 - 2 * i, 1 + 2 * j)),
  },
  {
    name: 'slice backwards from before the start',
    inputs: { x: between([3]) },
    build: ofX((x) => t.slice(x, { axes: [0], starts: [0], ends: [1], steps: [-1] })),
    expected: listed([0], []),
  },
  {
    name: 'slice backwards along two axes',
    inputs: { x: between([5, 4]) },
    build: ofX((x) => t.slice(x, { axes: [1, 0], starts: [100, 3], ends: [-100, -5], steps: [-3, -1] })),
    expected: fromX([3, 2], (x, i = 0, j = 0) => x(3 - i, 3 - 3 * j)),
  },
];
