import * as t from '@ganymede/tensor';
import { type Dice, type Entry, entry, type ProgramStep, sizes } from './program-step.js';

type Reduction = (x: t.Tensor, axes: readonly number[], keepDims: boolean) => t.Tensor;

/** Some of the axes, at least one, counted from either end. */
function someAxes(x: Entry, dice: Dice): number[] {
  const rank = x.tensor.rank;
  const chosen = Array.from({ length: rank }, (_, i) => i).filter(() => dice(2) === 0);
  const axes = chosen.length === 0 ? [dice(rank)] : chosen;
  return axes.map((axis) => (dice(2) === 0 ? axis : axis - rank));
}

const count = (x: Entry, axes: readonly number[]): number =>
  axes.reduce((n, axis) => n * (sizes(x).at(axis) as number), 1);

const reductions: readonly (readonly [string, Reduction, (bound: number, n: number) => number, boolean])[] = [
  ['sum', t.sum, (b, n) => b * n, false],
  ['mean', t.mean, (b) => b, false],
  ['sumSquare', t.sumSquare, (b, n) => b * b * n, false],
  ['logSumExp', t.logSumExp, (b, n) => b + Math.log(n), false],
  ['variance', t.variance, (b) => b * b, false],
  ['max', t.max, (b) => b, true],
  ['min', t.min, (b) => b, true],
];

/** Steps along one axis, that keep the shape. */
const alongAxis: readonly (readonly [
  string,
  (x: t.Tensor, axis: number) => t.Tensor,
  (bound: number, n: number) => number,
])[] = [
  ['softmax', t.softmax, () => 1],
  ['logSoftmax', t.logSoftmax, (b, n) => 2 * b + Math.log(n)],
  ['cumSum', (x, axis) => t.cumSum(x, axis, { reverse: axis % 2 === 0 }), (b, n) => b * n],
  ['exclusive', (x, axis) => t.cumSum(x, axis, { exclusive: true }), (b, n) => b * n],
  [
    'standardize',
    (x, axis) => t.div(t.sub(x, t.mean(x, axis, true)), t.sqrt(t.add(t.variance(x, axis, true), 0.5))),
    (b) => 3 * b,
  ],
];

/** Sums, largest elements, what a softmax makes. */
export const reductionSteps: readonly ProgramStep[] = [
  ...reductions.map(
    ([name, f, bound, exact]): ProgramStep => ({
      name,
      apply: (x, dice) => {
        if (x.tensor.rank === 0 || (exact && !x.exact)) return undefined;
        const axes = someAxes(x, dice);
        return entry(f(x.tensor, axes, dice(2) === 0), bound(x.bound, count(x, axes)), exact);
      },
    }),
  ),
  ...alongAxis.map(
    ([name, f, bound]): ProgramStep => ({
      name,
      apply: (x, dice) => {
        if (x.tensor.rank === 0) return undefined;
        const axis = dice(x.tensor.rank);
        return entry(f(x.tensor, axis), bound(x.bound, sizes(x)[axis] as number));
      },
    }),
  ),
  {
    name: 'prod',
    apply: (x, dice) => {
      const short = sizes(x).flatMap((d, i) => (d <= 4 ? [i] : []));
      if (short.length === 0) return undefined;
      const axis = dice.pick(short);
      return entry(t.prod(x.tensor, axis), Math.max(1, x.bound) ** (sizes(x)[axis] as number));
    },
  },
  {
    name: 'topK',
    apply: (x, dice) => {
      if (!x.exact || x.tensor.rank === 0) return undefined;
      const axis = dice(x.tensor.rank);
      const k = 1 + dice(sizes(x)[axis] as number);
      return { ...x, tensor: t.topK(x.tensor, k, { axis, largest: dice(2) === 0 }).values };
    },
  },
  {
    name: 'argMax',
    apply: (x, dice) => {
      if (!x.exact || x.tensor.rank === 0) return undefined;
      const axis = dice(x.tensor.rank);
      const hot = t.oneHot(t.argMax(x.tensor, axis), sizes(x)[axis] as number);
      return entry(t.cast(hot, x.tensor.dtype), 1, true);
    },
  },
];
