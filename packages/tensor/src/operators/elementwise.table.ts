import * as t from '../index.js';
import {
  awayFromZero,
  between,
  binary,
  elements,
  fromX,
  given,
  type OperatorCase,
  ofX,
  type Sample,
  STEP,
  sigma,
  unary,
} from '../../test/operator-case.js';

const erf = (x: number): number => {
  // Simpson's rule on the defining integral.
  const n = 2000;
  const h = x / n;
  const f = (u: number): number => Math.exp(-u * u);
  return (
    (2 / Math.sqrt(Math.PI)) *
    (h / 3) *
    (f(0) + f(x) + sigma(n - 1, (i) => (i % 2 === 0 ? 4 : 2) * f((i + 1) * h)))
  );
};

const smooth = between([2, 3]);
const positive = between([2, 3], 0.3, 2);
const kinked = awayFromZero([3, 2]);
const steps: Sample = { shape: [5], numbers: [-1.5, -0.5, 0.25, 0.5, 2.5] };
/** Operators that treat each element, or pair of elements, alone. */
export const elementwiseCases: readonly OperatorCase[] = [
  unary('abs', t.abs, (x) => (x < 0 ? -x : x), kinked),
  unary('neg', t.neg, (x) => 0 - x, smooth),
  unary('exp', t.exp, (x) => Math.E ** x, smooth),
  unary('log', t.log, (x) => Math.log2(x) * Math.LN2, positive),
  unary('sqrt', t.sqrt, (x) => x ** 0.5, positive),
  unary('reciprocal', t.reciprocal, (x) => x ** -1, positive),
  unary('square', t.square, (x) => x ** 2, smooth),
  unary('sin', t.sin, (x) => Math.cos(x - Math.PI / 2), smooth),
  unary('cos', t.cos, (x) => Math.sin(x + Math.PI / 2), smooth),
  unary('tanh', t.tanh, (x) => 1 - 2 / (Math.exp(2 * x) + 1), smooth),
  unary('sigmoid', t.sigmoid, (x) => Math.exp(x) / (1 + Math.exp(x)), smooth),
  unary('softplus', t.softplus, (x) => Math.log(1 + Math.exp(x)), smooth),
  unary('relu', t.relu, (x) => (x + Math.abs(x)) / 2, kinked),
  unary(
    'leakyRelu',
    (x) => t.leakyRelu(x, 0.2),
    (x) => (x > 0 ? x : x / 5),
    kinked,
  ),
  unary(
    'leakyRelu default',
    (x) => t.leakyRelu(x),
    (x) => (x > 0 ? x : x / 100),
    kinked,
  ),
  unary(
    'elu',
    (x) => t.elu(x, 1.5),
    (x) => (x > 0 ? x : 1.5 * (Math.exp(x) - 1)),
    kinked,
  ),
  unary('erf', t.erf, erf, between([2, 4], -3.5, 3.5)),
  unary('sign', t.sign, (x) => (x > 0 ? 1 : x < 0 ? -1 : 0), steps, { notDifferentiable: STEP }),
  unary('floor', t.floor, (x) => [-2, -1, 0, 0, 2][steps.numbers.indexOf(x)] as number, steps, {
    notDifferentiable: STEP,
  }),
  unary('ceil', t.ceil, (x) => [-1, 0, 1, 1, 3][steps.numbers.indexOf(x)] as number, steps, {
    notDifferentiable: STEP,
  }),
  unary('round', t.round, (x) => [-2, 0, 0, 0, 2][steps.numbers.indexOf(x)] as number, steps, {
    notDifferentiable: STEP,
  }),
  unary(
    'clip',
    (x) => t.clip(x, -0.5, 0.5),
    (x) => (Math.abs(x + 0.5) - Math.abs(x - 0.5)) / 2,
    between([3, 3]),
  ),
  unary(
    'clip from below',
    (x) => t.clip(x, -0.3, Infinity),
    (x) => Math.max(x, -0.3),
    between([3, 3]),
  ),
  unary(
    'clip from above',
    (x) => t.clip(x, -Infinity, 0.4),
    (x) => Math.min(x, 0.4),
    between([3, 3]),
  ),
  unary(
    'constant, identity',
    (x) => t.mul(t.identity(x), t.constant(3, x.dtype)),
    (x) => x + x + x,
    smooth,
  ),
  unary('identity', t.identity, (x) => x, smooth),
  unary(
    'tap',
    (x) => t.tap(x, 'here'),
    (x) => x,
    smooth,
  ),
  unary('stopGradient', t.stopGradient, (x) => x, smooth, {
    notDifferentiable: 'its gradient is 0 by definition',
  }),
  unary(
    'cast to int32',
    (x) => t.cast(x, 'int32'),
    (x) => [-1, 0, 0, 0, 2][steps.numbers.indexOf(x)] as number,
    steps,
    { notDifferentiable: STEP },
  ),
  unary(
    'cast to bool',
    (x) => t.cast(x, 'bool'),
    (x) => (x === 0 ? 0 : 1),
    given('int32', [3], [0, 7, -1]),
    { notDifferentiable: 'bool' },
  ),
  unary(
    'cast from int64',
    (x) => t.cast(x, 'float32'),
    (x) => x,
    given('int64', [3], [0, 7, -1]),
    { notDifferentiable: 'integers' },
  ),
  unary('not', t.not, (x) => 1 - x, given('bool', [2, 2], [0, 1, 1, 0]), { notDifferentiable: 'bool' }),
  unary(
    'isNaN',
    (x) => t.isNaN(t.sqrt(x)),
    (x) => (x < 0 ? 1 : 0),
    kinked,
    { notDifferentiable: 'bool' },
  ),
  unary('neg int32', t.neg, (x) => -x, given('int32', [3], [0, 7, -1]), { notDifferentiable: 'integers' }),

  ...binary('add', t.add, (a, b) => a + b, between),
  ...binary('sub', t.sub, (a, b) => a - b, between),
  ...binary('mul', t.mul, (a, b) => a * b, between),
  ...binary(
    'div',
    t.div,
    (a, b) => a / b,
    (shape) => between(shape, 0.5, 2),
  ),
  ...binary(
    'pow',
    t.pow,
    (a, b) => Math.exp(b * Math.log(a)),
    (shape) => between(shape, 0.5, 2),
  ),
  ...binary('maximum', t.maximum, (a, b) => (a + b + Math.abs(a - b)) / 2, between),
  ...binary('minimum', t.minimum, (a, b) => (a + b - Math.abs(a - b)) / 2, between),
  ...binary(
    'mod',
    t.mod,
    (a, b) => a - b * Math.trunc(a / b),
    (shape) => awayFromZero(shape, 0.3),
  ),
  ...binary(
    'equal',
    t.equal,
    (a, b) => (Math.abs(a - b) > 0 ? 0 : 1),
    (shape) => ({ shape, numbers: between(shape).numbers.map((x) => Math.round(2 * x) / 2) }),
    { notDifferentiable: STEP },
  ),
  ...binary('greater', t.greater, (a, b) => (a - b > 0 ? 1 : 0), between, { notDifferentiable: STEP }),
  ...binary('greaterOrEqual', t.greaterOrEqual, (a, b) => (a - b < 0 ? 0 : 1), between, {
    notDifferentiable: STEP,
  }),
  ...binary('less', t.less, (a, b) => (a - b < 0 ? 1 : 0), between, { notDifferentiable: STEP }),
  ...binary('lessOrEqual', t.lessOrEqual, (a, b) => (a - b > 0 ? 0 : 1), between, {
    notDifferentiable: STEP,
  }),
  ...binary(
    'where',
    (a, b) => t.where(t.greater(a, 0.1), a, b),
    (a, b) => (a > 0.1 ? a : b),
    between,
  ),
  ...(
    [
      ['sumOf', t.sumOf, (list) => list.reduce((a, b) => a + b)],
      ['meanOf', t.meanOf, (list) => list.reduce((a, b) => a + b) / list.length],
      ['maximumOf', t.maximumOf, (list) => Math.max(...list)],
      ['minimumOf', t.minimumOf, (list) => Math.min(...list)],
    ] satisfies [string, (list: t.Tensor[]) => t.Tensor, (list: number[]) => number][]
  ).flatMap(([name, f, closed]): OperatorCase[] => [
    {
      name: `${name} three, broadcasting`,
      inputs: { a: between([2, 3]), b: between([3]), c: between([2, 1]) },
      build: ({ a, b, c }) => f([a as t.Tensor, b as t.Tensor, c as t.Tensor]),
      expected: ({ a, b, c }) =>
        elements([2, 3], (i = 0, j = 0) => closed([a?.(i, j) ?? 0, b?.(j) ?? 0, c?.(i, 0) ?? 0])),
    },
    {
      name: `${name} one, and one twice`,
      inputs: { a: between([2]) },
      build: ({ a }) => t.add(f([a as t.Tensor]), f([t.square(a as t.Tensor), t.square(a as t.Tensor)])),
      expected: ({ a }) =>
        elements([2], (i = 0) => {
          const x = a?.(i) ?? 0;
          return x + closed([x * x, x * x]);
        }),
    },
  ]),
  {
    name: 'where with a broadcast condition',
    inputs: { c: given('bool', [3, 1], [1, 0, 1]), a: between([2, 1, 2]), b: between([]) },
    build: ({ c, a, b }) => t.where(c as t.Tensor, a as t.Tensor, b as t.Tensor),
    expected: ({ c, a, b }) =>
      elements([2, 3, 2], (i = 0, j = 0, k = 0) => (c?.(j, 0) === 1 ? (a?.(i, 0, k) ?? 0) : (b?.() ?? 0))),
  },
  {
    name: 'pow by a number',
    inputs: { x: awayFromZero([4]) },
    build: ofX((x) => t.pow(x, 3)),
    expected: fromX([4], (x, i = 0) => x(i) * x(i) * x(i)),
  },
  {
    name: 'div, sub with numbers on the left',
    inputs: { x: between([4], 0.5, 1) },
    build: ofX((x) => t.div(2, t.sub(3, x))),
    expected: fromX([4], (x, i = 0) => 2 / (3 - x(i))),
  },
  {
    name: 'and, or',
    inputs: { a: given('bool', [2, 2], [0, 0, 1, 1]), b: given('bool', [2], [0, 1]) },
    build: ({ a, b }) => t.stack([t.and(a as t.Tensor, b as t.Tensor), t.or(a as t.Tensor, b as t.Tensor)]),
    expected: ({ a, b }) =>
      elements([2, 2, 2], (k = 0, i = 0, j = 0) =>
        k === 0 ? Math.min(a?.(i, j) ?? 0, b?.(j) ?? 0) : Math.max(a?.(i, j) ?? 0, b?.(j) ?? 0),
      ),
    notDifferentiable: 'bool',
  },
  {
    name: 'div, mod of integers',
    inputs: { a: given('int32', [4], [7, -7, 7, -7]), b: given('int32', [4], [2, 2, -2, -2]) },
    build: ({ a, b }) => t.stack([t.div(a as t.Tensor, b as t.Tensor), t.mod(a as t.Tensor, b as t.Tensor)]),
    expected: () =>
      elements(
        [2, 4],
        (k = 0, i = 0) =>
          [
            [3, -3, -3, 3],
            [1, 1, -1, -1],
          ][k]?.[i] ?? 0,
      ),
    notDifferentiable: 'integers',
  },
  {
    name: 'add, mul of int64',
    inputs: { a: given('int64', [3], [1, 2, 3]), b: given('int64', [3], [10, 20, -30]) },
    build: ({ a, b }) => t.add(t.mul(a as t.Tensor, b as t.Tensor), 1),
    expected: () => elements([3], (i = 0) => [11, 41, -89][i] ?? 0),
    notDifferentiable: 'integers',
  },
];
