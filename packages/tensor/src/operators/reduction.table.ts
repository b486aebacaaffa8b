import * as t from '../index.js';
import {
  awayFromZero,
  between,
  distinct,
  type Elements,
  elements,
  exactly,
  fromX,
  given,
  indices,
  listed,
  NOT_FINITE,
  ofX,
  type OperatorCase,
  STEP,
  sigma,
} from '../../test/operator-case.js';

type Inputs = Readonly<Record<string, t.Tensor>>;
type Given = Readonly<Record<string, Elements>>;

const total = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

/** Cases of a reduction: all axes, one, a negative one kept, two. */
function reduction(
  name: string,
  f: (x: t.Tensor, axes?: number | readonly number[], keepDims?: boolean) => t.Tensor,
  closed: (group: readonly number[]) => number,
  rest = {},
): OperatorCase[] {
  const cases: { axes?: number | number[]; keep?: boolean; reduced: number[] }[] = [
    { reduced: [0, 1, 2] },
    { axes: 1, reduced: [1] },
    { axes: -1, keep: true, reduced: [2] },
    { axes: [2, 0], reduced: [0, 2] },
    { axes: [0, 2], keep: true, reduced: [0, 2] },
  ];
  const shape = [2, 3, 2];
  return cases.map(({ axes, keep, reduced }) => ({
    name: `${name} axes ${axes ?? 'all'}${keep ? ' kept' : ''}`,
    inputs: { x: distinct(shape) },
    build: ({ x }: Inputs) => f(x as t.Tensor, axes, keep),
    expected: ({ x }: Given) => {
      const kept = [0, 1, 2].filter((i) => !reduced.includes(i));
      const result = keep
        ? shape.map((d, i) => (reduced.includes(i) ? 1 : d))
        : kept.map((i) => shape[i] as number);
      return elements(result, (...index) => {
        const fixed = keep ? index : shape.map((_, i) => index[kept.indexOf(i)] ?? 0);
        const group = indices(shape).filter((at) => kept.every((i) => at[i] === fixed[i]));
        return closed(group.map((at) => (x as Elements)(...at)));
      });
    },
    ...rest,
  }));
}
const { NaN: nan, POSITIVE_INFINITY: inf, NEGATIVE_INFINITY: minus } = Number;

/** A row of a function along the rows of a matrix of special values. */
const special = (
  name: string,
  f: (x: t.Tensor, axis?: number) => t.Tensor,
  wanted: readonly number[],
): OperatorCase[] => [
  {
    name: `${name} of NaN, infinities, large and tiny numbers`,
    inputs: { x: exactly([nan, 1, inf, 1, inf, minus, 1e30, 1, 1e-30, 1e-30], [5, 2]) },
    build: ofX((x) => f(x, 1)),
    expected: listed(wanted.length === 5 ? [5] : [5, 2], wanted),
    notDifferentiable: NOT_FINITE,
    relative: true,
  },
];

/** Operators that run along axes: sums, means, extremes, softmax, running sums. */
export const reductionCases: readonly OperatorCase[] = [
  ...reduction('sum', t.sum, total),
  ...reduction('mean', t.mean, (list) => total(list) / list.length),
  ...reduction('max', t.max, (list) => Math.max(...list)),
  ...reduction('min', t.min, (list) => Math.min(...list)),
  ...reduction('prod', t.prod, (list) => list.reduce((a, b) => a * b, 1)),
  ...reduction('logSumExp', t.logSumExp, (list) => Math.log(total(list.map(Math.exp)))),
  ...reduction('variance', t.variance, (list) => {
    const m = total(list) / list.length;
    return total(list.map((x) => (x - m) ** 2)) / list.length;
  }),
  ...reduction('sumSquare', t.sumSquare, (list) => total(list.map((x) => x ** 2))),
  ...reduction('l2Norm', t.l2Norm, (list) => Math.hypot(...list)),
  ...reduction('l1Norm', t.l1Norm, (list) => total(list.map(Math.abs))),
  ...reduction(
    'logSum',
    (x, axes, keep) => t.logSum(t.exp(x), axes, keep),
    (list) => Math.log(total(list.map(Math.exp))),
  ),
  {
    name: 'l2Norm of zeros',
    inputs: { x: exactly([0, 0, 3, -4], [2, 2]) },
    build: ofX((x) => t.l2Norm(x, 1)),
    expected: listed([2], [0, 5]),
    notDifferentiable: 'a corner at 0',
  },
  {
    name: 'l2Normalize',
    inputs: { x: awayFromZero([2, 3]) },
    build: ofX((x) => t.l2Normalize(x)),
    expected: fromX([2, 3], (x, i = 0, j = 0) => x(i, j) / Math.hypot(x(i, 0), x(i, 1), x(i, 2))),
  },
  {
    name: 'l2Normalize along axis 0, zeros',
    inputs: { x: exactly([0, 3, 0, 4], [2, 2]) },
    build: ofX((x) => t.l2Normalize(x, 0)),
    expected: listed([2, 2], [0, 0.6, 0, 0.8]),
    notDifferentiable: 'a corner at 0',
  },
  {
    name: 'prod with zeros',
    inputs: { x: { shape: [3, 3], numbers: [0, 2, 3, 0, 0, 5, 2, 3, 4] } },
    build: ofX((x) => t.prod(x, 1)),
    expected: fromX([3], (x, i = 0) => x(i, 0) * x(i, 1) * x(i, 2)),
  },
  {
    name: 'argMax',
    inputs: { x: distinct([3, 4]) },
    build: ofX((x) => t.argMax(x, 1)),
    expected: fromX([3], (x, i = 0) => [0, 1, 2, 3].reduce((best, j) => (x(i, j) > x(i, best) ? j : best))),
    notDifferentiable: STEP,
  },
  {
    name: 'argMin kept, first of equals',
    inputs: { x: { shape: [2, 3], numbers: [3, 1, 1, 2, 2, 2] } },
    build: ofX((x) => t.argMin(x, -1, true)),
    expected: () => elements([2, 1], (i = 0) => [1, 0][i] ?? 0),
    notDifferentiable: STEP,
  },
  ...[false, true].map(
    (last): OperatorCase => ({
      name: `argMax of equals, ${last ? 'last' : 'first'}`,
      inputs: { x: exactly([3, 1, 3, 2, 2, 2], [2, 3]) },
      build: ofX((x) => t.argMax(x, 1, false, last)),
      expected: listed([2], last ? [2, 2] : [0, 0]),
      notDifferentiable: STEP,
      dtype: 'int64',
    }),
  ),
  {
    name: 'argMin, last of equals',
    inputs: { x: exactly([3, 1, 1, 2, 2, 4], [2, 3]) },
    build: ofX((x) => t.argMin(x, -1, true, true)),
    expected: listed([2, 1], [2, 1]),
    notDifferentiable: STEP,
  },
  ...[0, -1].map(
    (axis): OperatorCase => ({
      name: `hardmax axis ${axis}, first of equals`,
      inputs: { x: exactly([1, 5, 5, 1, 7, 2], [2, 3]) },
      build: ofX((x) => t.hardmax(x, axis)),
      expected: listed([2, 3], axis === 0 ? [1, 0, 1, 0, 1, 0] : [0, 1, 0, 0, 1, 0]),
      notDifferentiable: STEP,
    }),
  ),
  {
    name: 'softmaxCrossEntropy',
    inputs: { x: between([3, 4], -3, 3), labels: given('int64', [3], [0, 3, 1]) },
    build: ({ x, labels }) => t.softmaxCrossEntropy(x as t.Tensor, labels as t.Tensor),
    expected: ({ x }) =>
      elements([3], (i = 0) => {
        const p = (j: number) => Math.exp(x?.(i, j) ?? 0);
        return Math.log(sigma(4, p) / p([0, 3, 1][i] ?? 0));
      }),
  },
  ...[0, 1, -1].map(
    (axis): OperatorCase => ({
      name: `softmax axis ${axis}`,
      inputs: { x: between([2, 3, 2]) },
      build: ofX((x) => t.softmax(x, axis)),
      expected: fromX([2, 3, 2], (x, i = 0, j = 0, k = 0) => {
        const along = (n: number): number => (axis === 0 ? x(n, j, k) : axis === 1 ? x(i, n, k) : x(i, j, n));
        return Math.exp(x(i, j, k)) / sigma([2, 3, 2].at(axis) ?? 0, (n) => Math.exp(along(n)));
      }),
    }),
  ),
  {
    name: 'logSoftmax',
    inputs: { x: between([3, 4], -3, 3) },
    build: ofX((x) => t.logSoftmax(x)),
    expected: fromX([3, 4], (x, i = 0, j = 0) => x(i, j) - Math.log(sigma(4, (k) => Math.exp(x(i, k))))),
  },
  ...special('sum', t.sum, [nan, inf, nan, 1e30, 2e-30]),
  ...special('mean', t.mean, [nan, inf, nan, 5e29, 1e-30]),
  ...special('max', t.max, [nan, inf, inf, 1e30, 1e-30]),
  ...special('min', t.min, [nan, 1, minus, 1, 1e-30]),
  ...special('prod', t.prod, [nan, inf, minus, 1e30, 1e-60]),
  ...special('logSumExp', t.logSumExp, [nan, inf, inf, 1e30, Math.LN2]),
  ...special('sumSquare', t.sumSquare, [nan, inf, inf, 1e60, 2e-60]),
  ...special('l1Norm', t.l1Norm, [nan, inf, inf, 1e30, 2e-30]),
  ...special('softmax', (x) => t.softmax(x), [nan, nan, nan, nan, nan, nan, 1, 0, 0.5, 0.5]),
  ...special('logSoftmax', (x) => t.logSoftmax(x), [
    nan,
    nan,
    nan,
    nan,
    nan,
    nan,
    0,
    -1e30,
    -Math.LN2,
    -Math.LN2,
  ]),
  ...[
    { exclusive: false, reverse: false },
    { exclusive: true, reverse: false },
    { exclusive: false, reverse: true },
    { exclusive: true, reverse: true },
  ].map(
    (options): OperatorCase => ({
      name: `cumSum ${JSON.stringify(options)}`,
      inputs: { x: between([2, 4]) },
      build: ofX((x) => t.cumSum(x, -1, options)),
      expected: fromX([2, 4], (x, i = 0, j = 0) =>
        sigma(4, (k) =>
          (options.reverse ? k >= j : k <= j) && !(options.exclusive && k === j) ? x(i, k) : 0,
        ),
      ),
    }),
  ),
];
