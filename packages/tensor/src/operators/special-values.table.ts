import * as t from '../index.js';
import { exactly, given, listed, NOT_FINITE, type OperatorCase, STEP } from '../../test/operator-case.js';

const { NaN: nan, POSITIVE_INFINITY: inf, NEGATIVE_INFINITY: minus } = Number;
const X = [nan, inf, minus, 0, 1e-30, -1e-30, 1e30, -1e30];
const half = Math.PI / 2;

/** A row of a function of one number at {@link X}, with what it must give there. */
const at = (
  name: string,
  f: (x: t.Tensor) => t.Tensor,
  wanted: readonly number[],
  rest: Partial<OperatorCase> = {},
): OperatorCase => ({
  name: `${name} of NaN, infinities, large and tiny numbers`,
  inputs: { x: exactly(X) },
  build: ({ x }) => f(x as t.Tensor),
  expected: listed([X.length], wanted),
  notDifferentiable: NOT_FINITE,
  relative: true,
  ...rest,
});

/** A row of a function of two numbers at given pairs. */
const pairs = (
  name: string,
  f: (a: t.Tensor, b: t.Tensor) => t.Tensor,
  list: readonly (readonly [number, number, number])[],
  rest: Partial<OperatorCase> = {},
): OperatorCase => ({
  name: `${name} of NaN, infinities, large and tiny numbers`,
  inputs: { a: exactly(list.map(([a]) => a)), b: exactly(list.map(([, b]) => b)) },
  build: ({ a, b }) => f(a as t.Tensor, b as t.Tensor),
  expected: listed(
    [list.length],
    list.map(([, , y]) => y),
  ),
  notDifferentiable: NOT_FINITE,
  relative: true,
  ...rest,
});

/** Comparisons: nothing is equal to, or in any order with, NaN. */
const compared = (
  name: string,
  f: (a: t.Tensor, b: t.Tensor) => t.Tensor,
  [less, equal, greater]: readonly [number, number, number],
): OperatorCase =>
  pairs(
    name,
    f,
    [
      [nan, nan, 0],
      [nan, 0, 0],
      [inf, nan, 0],
      [inf, inf, equal],
      [minus, inf, less],
      [inf, 1e30, greater],
      [0, -0, equal],
      [-1e-30, 0, less],
      [1e-30, -1e-30, greater],
    ],
    { notDifferentiable: STEP, dtype: 'bool' },
  );

const ln2 = Math.LN2;

/** What operators give where a training run that fails takes them. */
export const specialCases: readonly OperatorCase[] = [
  at('abs', t.abs, [nan, inf, inf, 0, 1e-30, 1e-30, 1e30, 1e30]),
  at('neg', t.neg, [nan, minus, inf, 0, -1e-30, 1e-30, -1e30, 1e30]),
  at('sign', t.sign, [nan, 1, -1, 0, 1, -1, 1, -1], { notDifferentiable: STEP }),
  at('square', (x) => t.square(x), [nan, inf, inf, 0, 1e-60, 1e-60, 1e60, 1e60]),
  at('exp', t.exp, [nan, inf, 0, 1, 1, 1, inf, 0]),
  at('log', t.log, [nan, inf, nan, minus, -30 * Math.LN10, nan, 30 * Math.LN10, nan]),
  at('sqrt', t.sqrt, [nan, inf, nan, 0, 1e-15, nan, 1e15, nan]),
  at('reciprocal', t.reciprocal, [nan, 0, 0, inf, 1e30, -1e30, 1e-30, -1e-30]),
  at('tanh', t.tanh, [nan, 1, -1, 0, 1e-30, -1e-30, 1, -1]),
  at('sigmoid', t.sigmoid, [nan, 1, 0, 0.5, 0.5, 0.5, 1, 0]),
  at('softplus', t.softplus, [nan, inf, 0, ln2, ln2, ln2, 1e30, 0]),
  at('logSigmoid', t.logSigmoid, [nan, 0, minus, -ln2, -ln2, -ln2, 0, -1e30]),
  at('relu', t.relu, [nan, inf, 0, 0, 1e-30, 0, 1e30, 0]),
  at('leakyRelu', (x) => t.leakyRelu(x, 0.25), [nan, inf, minus, 0, 1e-30, -2.5e-31, 1e30, -2.5e29]),
  at('elu', (x) => t.elu(x), [nan, inf, -1, 0, 1e-30, -1e-30, 1e30, -1]),
  at('celu', (x) => t.celu(x), [nan, inf, -1, 0, 1e-30, -1e-30, 1e30, -1]),
  at('selu', (x) => t.selu(x, 0.5, 2), [nan, inf, -1, 0, 2e-30, -1e-30, 2e30, -1]),
  at('hardSigmoid', (x) => t.hardSigmoid(x), [nan, 1, 0, 0.5, 0.5, 0.5, 1, 0]),
  at('softsign', t.softsign, [nan, nan, nan, 0, 1e-30, -1e-30, 1, -1]),
  at('shrink', (x) => t.shrink(x), [0, inf, minus, 0, 0, 0, 1e30, -1e30]),
  at('thresholdedRelu', (x) => t.thresholdedRelu(x), [0, inf, 0, 0, 0, 0, 1e30, 0]),
  at('erf', t.erf, [nan, 1, -1, 0, 2e-30 / Math.sqrt(Math.PI), -2e-30 / Math.sqrt(Math.PI), 1, -1]),
  at('atan', t.atan, [nan, half, -half, 0, 1e-30, -1e-30, half, -half]),
  at('asin', t.asin, [nan, nan, nan, 0, 1e-30, -1e-30, nan, nan]),
  at('acos', t.acos, [nan, nan, nan, half, half, half, nan, nan]),
  at('sinh', t.sinh, [nan, inf, minus, 0, 1e-30, -1e-30, inf, minus]),
  at('cosh', t.cosh, [nan, inf, inf, 1, 1, 1, inf, inf]),
  at('asinh', t.asinh, [nan, inf, minus, 0, 1e-30, -1e-30, Math.log(2e30), -Math.log(2e30)]),
  at('acosh', t.acosh, [nan, inf, nan, nan, nan, nan, Math.log(2e30), nan]),
  at('atanh', t.atanh, [nan, nan, nan, 0, 1e-30, -1e-30, nan, nan]),
  at('floor', t.floor, [nan, inf, minus, 0, 0, -1, 1e30, -1e30], { notDifferentiable: STEP }),
  at('ceil', t.ceil, [nan, inf, minus, 0, 1, 0, 1e30, -1e30], { notDifferentiable: STEP }),
  at('round', t.round, [nan, inf, minus, 0, 0, 0, 1e30, -1e30], { notDifferentiable: STEP }),
  at('clip', (x) => t.clip(x, -1, 2), [nan, 2, -1, 0, 1e-30, -1e-30, 2, -1]),
  at('isNaN', t.isNaN, [1, 0, 0, 0, 0, 0, 0, 0], { dtype: 'bool', notDifferentiable: 'bool' }),
  at('isInf', (x) => t.isInf(x), [0, 1, 1, 0, 0, 0, 0, 0], { dtype: 'bool', notDifferentiable: 'bool' }),
  at('isInf, only positive', (x) => t.isInf(x, { negative: false }), [0, 1, 0, 0, 0, 0, 0, 0], {
    notDifferentiable: 'bool',
  }),
  at('isInf, only negative', (x) => t.isInf(x, { positive: false }), [0, 0, 1, 0, 0, 0, 0, 0], {
    notDifferentiable: 'bool',
  }),
  at('cast to bool', (x) => t.cast(x, 'bool'), [1, 1, 1, 0, 1, 1, 1, 1], { notDifferentiable: STEP }),
  {
    name: 'sin, cos, tan of NaN and infinities',
    inputs: { x: exactly([nan, inf, minus, 0]) },
    build: ({ x }) => t.stack([t.sin(x as t.Tensor), t.cos(x as t.Tensor), t.tan(x as t.Tensor)]),
    expected: listed([3, 4], [nan, nan, nan, 0, nan, nan, nan, 1, nan, nan, nan, 0]),
    notDifferentiable: NOT_FINITE,
  },
  pairs('add', t.add, [
    [nan, 1, nan],
    [inf, 1e30, inf],
    [inf, minus, nan],
    [1e30, -1e30, 0],
    [1e-30, 1e-30, 2e-30],
  ]),
  pairs('sub', t.sub, [
    [1, nan, nan],
    [inf, inf, nan],
    [minus, inf, minus],
    [1e30, 1e30, 0],
  ]),
  pairs('mul', t.mul, [
    [nan, 0, nan],
    [inf, 0, nan],
    [inf, -2, minus],
    [1e30, 1e-30, 1],
    [1e-15, 1e-15, 1e-30],
  ]),
  pairs('div', t.div, [
    [1, 0, inf],
    [-1, 0, minus],
    [0, 0, nan],
    [inf, inf, nan],
    [1, inf, 0],
    [1e-30, 1e-30, 1],
    [1e30, 1e15, 1e15],
  ]),
  pairs('pow', t.pow, [
    [nan, 0, 1],
    [1, nan, 1],
    [nan, 1, nan],
    [inf, 2, inf],
    [inf, -1, 0],
    [0, 0, 1],
    [0, -1, inf],
    [-8, 1 / 3, nan],
    [-2, 3, -8],
    [1, inf, 1],
    [2, minus, 0],
    [1e-10, 2, 1e-20],
  ]),
  pairs('maximum', t.maximum, [
    [nan, 1, nan],
    [1, nan, nan],
    [inf, nan, nan],
    [minus, 1e30, 1e30],
    [1e-30, 0, 1e-30],
  ]),
  pairs('minimum', t.minimum, [
    [nan, 1, nan],
    [1, nan, nan],
    [inf, -1e30, -1e30],
    [minus, 1, minus],
    [-1e-30, 0, -1e-30],
  ]),
  pairs('mod', t.mod, [
    [nan, 1, nan],
    [inf, 1, nan],
    [1, inf, 1],
    [1, 0, nan],
    [-5.5, 2, -1.5],
    [1e-30, 2, 1e-30],
  ]),
  compared('equal', t.equal, [0, 1, 0]),
  compared('less', t.less, [1, 0, 0]),
  compared('lessOrEqual', t.lessOrEqual, [1, 1, 0]),
  compared('greater', t.greater, [0, 0, 1]),
  compared('greaterOrEqual', t.greaterOrEqual, [0, 1, 1]),
  {
    name: 'where takes NaN from the branch it chooses only',
    inputs: { c: given('bool', [3], [1, 0, 1]), a: exactly([1, nan, nan]), b: exactly([nan, 2, inf]) },
    build: ({ c, a, b }) => t.where(c as t.Tensor, a as t.Tensor, b as t.Tensor),
    expected: listed([3], [1, 2, nan]),
    notDifferentiable: NOT_FINITE,
  },
];
