import * as t from '../index.js';
import {
  awayFromZero,
  between,
  distinct,
  type Elements,
  elements,
  given,
  indices,
  type OperatorCase,
  type Sample,
  sigma,
} from '../testing/operator-case.js';

type Inputs = Readonly<Record<string, t.Tensor>>;
type Given = Readonly<Record<string, Elements>>;

/** Reads an operand as broadcasting does. */
const broadcast =
  (x: Elements, rank: number) =>
  (...index: number[]) =>
    x(...x.shape.map((d, i) => (d === 1 ? 0 : (index[rank - x.shape.length + i] ?? 0))));

const STEP = 'a step function: its derivative is 0 or does not exist';

/** Cases of a function of one tensor, element by element. */
function unary(
  name: string,
  f: (x: t.Tensor) => t.Tensor,
  closed: (x: number) => number,
  x: Sample,
  rest = {},
): OperatorCase {
  return {
    name,
    inputs: { x },
    build: ({ x }: Inputs) => f(x as t.Tensor),
    expected: ({ x }: Given) => elements((x as Elements).shape, (...i) => closed((x as Elements)(...i))),
    ...rest,
  };
}

/** Cases of a function of two tensors: same shapes, broadcasting both ways, a scalar. */
function binary(
  name: string,
  f: (a: t.Tensor, b: t.Tensor) => t.Tensor,
  closed: (a: number, b: number) => number,
  sample: (shape: readonly number[]) => Sample,
  rest = {},
): OperatorCase[] {
  const shapes: [number[], number[], number[]][] = [
    [
      [2, 3],
      [2, 3],
      [2, 3],
    ],
    [
      [2, 1, 3],
      [4, 1],
      [2, 4, 3],
    ],
    [[3], [2, 3], [2, 3]],
    [[2, 2], [], [2, 2]],
    [[1, 1], [1], [1, 1]],
  ];
  return shapes.map(([a, b, shape]) => ({
    name: `${name} [${a}] [${b}]`,
    inputs: { a: sample(a), b: sample(b) },
    build: ({ a, b }: Inputs) => f(a as t.Tensor, b as t.Tensor),
    expected: ({ a, b }: Given) =>
      elements(shape, (...i) =>
        closed(broadcast(a as Elements, shape.length)(...i), broadcast(b as Elements, shape.length)(...i)),
      ),
    ...rest,
  }));
}

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

const total = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

/** A convolution written as the sum it is defined by; `x` reads 0 outside. */
function convolution(
  x: Elements,
  w: Elements,
  {
    stride = 1,
    pads,
    dilation = 1,
    group = 1,
  }: { stride?: number; pads: number[]; dilation?: number; group?: number },
): Elements {
  const [n = 1, c = 1, ...spatial] = x.shape;
  const [k = 1, perGroup = 1, ...kernel] = w.shape;
  const axes = spatial.length;
  const out = spatial.map(
    (d, i) =>
      Math.floor(
        (d + (pads[i] ?? 0) + (pads[axes + i] ?? 0) - ((kernel[i] ?? 1) - 1) * dilation - 1) / stride,
      ) + 1,
  );
  return elements([n, k, ...out], (b = 0, o = 0, ...at) => {
    const first = Math.floor(o / (k / group)) * (c / group);
    return sigma(perGroup, (i) =>
      total(
        indices(kernel).map((e) => {
          const place = at.map((p, axis) => p * stride + (e[axis] ?? 0) * dilation - (pads[axis] ?? 0));
          const inside = place.every((p, axis) => p >= 0 && p < (spatial[axis] ?? 1));
          return inside ? x(b, first + i, ...place) * w(o, i, ...e) : 0;
        }),
      ),
    );
  });
}

/** A transposed convolution, by its definition: `y[s*o + d*e - p] += x[o] * w[e]`. */
function transposedConvolution(
  x: Elements,
  w: Elements,
  options: { stride?: number; pads: number[]; dilation?: number; group?: number; outputPadding?: number },
): Elements {
  const { stride = 1, pads, dilation = 1, group = 1, outputPadding = 0 } = options;
  const [n = 1, c = 1, ...spatial] = x.shape;
  const [, perGroup = 1, ...kernel] = w.shape;
  const axes = spatial.length;
  const out = spatial.map(
    (d, i) =>
      (d - 1) * stride +
      ((kernel[i] ?? 1) - 1) * dilation +
      1 -
      (pads[i] ?? 0) -
      (pads[axes + i] ?? 0) +
      outputPadding,
  );
  return elements([n, perGroup * group, ...out], (b = 0, o = 0, ...at) => {
    const g = Math.floor(o / perGroup);
    return sigma(c / group, (i) =>
      total(
        indices(spatial).flatMap((p) =>
          indices(kernel).map((e) => {
            const hits = at.every(
              (a, axis) => a === (p[axis] ?? 0) * stride + (e[axis] ?? 0) * dilation - (pads[axis] ?? 0),
            );
            const channel = g * (c / group) + i;
            return hits ? x(b, channel, ...p) * w(channel, o % perGroup, ...e) : 0;
          }),
        ),
      ),
    );
  });
}

interface ConvolutionCase {
  readonly name: string;
  readonly x: number[];
  readonly w: number[];
  readonly stride?: number;
  readonly pads: number[];
  readonly dilation?: number;
  readonly group?: number;
  readonly outputPadding?: number;
}

const convolutions: ConvolutionCase[] = [
  { name: '2-D k3', x: [2, 2, 4, 4], w: [3, 2, 3, 3], pads: [0, 0, 0, 0] },
  { name: '2-D k4 s2 p1', x: [2, 2, 6, 6], w: [2, 2, 4, 4], stride: 2, pads: [1, 1, 1, 1] },
  {
    name: '2-D k3 s2 with a rest, uneven pads',
    x: [1, 2, 6, 5],
    w: [2, 2, 3, 2],
    stride: 2,
    pads: [1, 0, 0, 1],
  },
  { name: '2-D k1', x: [2, 3, 2, 2], w: [2, 3, 1, 1], pads: [0, 0, 0, 0] },
  { name: '2-D dilated', x: [1, 2, 6, 6], w: [2, 2, 2, 2], dilation: 2, pads: [1, 1, 1, 1] },
  { name: '2-D in groups', x: [2, 4, 4, 4], w: [4, 2, 3, 3], group: 2, pads: [1, 1, 1, 1] },
  { name: '2-D depthwise s2', x: [1, 3, 5, 5], w: [3, 1, 3, 3], group: 3, stride: 2, pads: [1, 1, 1, 1] },
  { name: '1-D s2', x: [2, 2, 7], w: [3, 2, 3], stride: 2, pads: [1, 1] },
  { name: '3-D', x: [1, 2, 3, 3, 3], w: [2, 2, 2, 2, 2], pads: [0, 0, 0, 1, 1, 1] },
];

const transposedConvolutions: ConvolutionCase[] = [
  { name: '2-D k4 s2 p1', x: [2, 2, 3, 3], w: [2, 2, 4, 4], stride: 2, pads: [1, 1, 1, 1] },
  {
    name: '2-D k3 s2 output padding',
    x: [1, 2, 3, 2],
    w: [2, 3, 3, 3],
    stride: 2,
    pads: [1, 1, 1, 1],
    outputPadding: 1,
  },
  { name: '2-D k2 s3', x: [1, 2, 2, 2], w: [2, 1, 2, 2], stride: 3, pads: [0, 0, 0, 0] },
  { name: '2-D dilated', x: [1, 2, 3, 3], w: [2, 2, 2, 2], dilation: 2, pads: [0, 1, 1, 0] },
  { name: '2-D in groups', x: [2, 4, 3, 3], w: [4, 1, 3, 3], group: 2, stride: 2, pads: [1, 1, 1, 1] },
  { name: '1-D', x: [2, 2, 4], w: [2, 3, 3], stride: 2, pads: [1, 0] },
  { name: '3-D', x: [1, 2, 2, 2, 2], w: [2, 1, 2, 2, 2], stride: 2, pads: [0, 0, 0, 0, 0, 0] },
];

/** The elements under a pooling window that lie inside the image. */
function windowElements(x: Elements, at: number[], k: number, stride: number, pad: number): number[] {
  const [b = 0, c = 0, ...place] = at;
  return indices(place.map(() => k)).flatMap((e) => {
    const p = place.map((o, i) => o * stride + (e[i] ?? 0) - pad);
    return p.every((i, axis) => i >= 0 && i < (x.shape[axis + 2] ?? 1)) ? [x(b, c, ...p)] : [];
  });
}

const pooled = (shape: readonly number[], k: number, stride: number, pad: number): number[] =>
  shape.map((d, i) => (i < 2 ? d : Math.floor((d + 2 * pad - k) / stride) + 1));

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

const x1 =
  (f: (x: t.Tensor) => t.Tensor) =>
  ({ x }: Inputs) =>
    f(x as t.Tensor);
const e1 =
  (shape: number[], f: (x: Elements, ...index: number[]) => number) =>
  ({ x }: Given) =>
    elements(shape, (...index) => f(x as Elements, ...index));

export const operatorCases: readonly OperatorCase[] = [
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
    (a, b) => t.equal(t.round(t.mul(a, 2)), t.round(t.mul(b, 2))),
    (a, b) => Number(Math.round(a * 2) - Math.round(b * 2) === 0),
    between,
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
    build: x1((x) => t.pow(x, 3)),
    expected: e1([4], (x, i = 0) => x(i) * x(i) * x(i)),
  },
  {
    name: 'number operands on the left',
    inputs: { x: between([4], 0.5, 1) },
    build: x1((x) => t.div(2, t.sub(3, x))),
    expected: e1([4], (x, i = 0) => 2 / (3 - x(i))),
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
    name: 'integer division and remainder',
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
    name: 'int64 arithmetic',
    inputs: { a: given('int64', [3], [1, 2, 3]), b: given('int64', [3], [10, 20, -30]) },
    build: ({ a, b }) => t.add(t.mul(a as t.Tensor, b as t.Tensor), 1),
    expected: () => elements([3], (i = 0) => [11, 41, -89][i] ?? 0),
    notDifferentiable: 'integers',
  },

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
  {
    name: 'prod with zeros',
    inputs: { x: { shape: [3, 3], numbers: [0, 2, 3, 0, 0, 5, 2, 3, 4] } },
    build: x1((x) => t.prod(x, 1)),
    expected: e1([3], (x, i = 0) => x(i, 0) * x(i, 1) * x(i, 2)),
  },
  {
    name: 'argMax',
    inputs: { x: distinct([3, 4]) },
    build: x1((x) => t.argMax(x, 1)),
    expected: e1([3], (x, i = 0) => [0, 1, 2, 3].reduce((best, j) => (x(i, j) > x(i, best) ? j : best))),
    notDifferentiable: STEP,
  },
  {
    name: 'argMin kept, first of equals',
    inputs: { x: { shape: [2, 3], numbers: [3, 1, 1, 2, 2, 2] } },
    build: x1((x) => t.argMin(x, -1, true)),
    expected: () => elements([2, 1], (i = 0) => [1, 0][i] ?? 0),
    notDifferentiable: STEP,
  },
  ...[0, 1, -1].map(
    (axis): OperatorCase => ({
      name: `softmax axis ${axis}`,
      inputs: { x: between([2, 3, 2]) },
      build: x1((x) => t.softmax(x, axis)),
      expected: e1([2, 3, 2], (x, i = 0, j = 0, k = 0) => {
        const along = (n: number): number => (axis === 0 ? x(n, j, k) : axis === 1 ? x(i, n, k) : x(i, j, n));
        return Math.exp(x(i, j, k)) / sigma([2, 3, 2].at(axis) ?? 0, (n) => Math.exp(along(n)));
      }),
    }),
  ),
  {
    name: 'logSoftmax',
    inputs: { x: between([3, 4], -3, 3) },
    build: x1((x) => t.logSoftmax(x)),
    expected: e1([3, 4], (x, i = 0, j = 0) => x(i, j) - Math.log(sigma(4, (k) => Math.exp(x(i, k))))),
  },
  ...[
    { exclusive: false, reverse: false },
    { exclusive: true, reverse: false },
    { exclusive: false, reverse: true },
    { exclusive: true, reverse: true },
  ].map(
    (options): OperatorCase => ({
      name: `cumSum ${JSON.stringify(options)}`,
      inputs: { x: between([2, 4]) },
      build: x1((x) => t.cumSum(x, -1, options)),
      expected: e1([2, 4], (x, i = 0, j = 0) =>
        sigma(4, (k) =>
          (options.reverse ? k >= j : k <= j) && !(options.exclusive && k === j) ? x(i, k) : 0,
        ),
      ),
    }),
  ),

  {
    name: 'gemm transposed, with bias',
    inputs: { a: between([3, 2]), b: between([4, 3]), c: between([4]) },
    build: ({ a, b, c }) =>
      t.gemm(a as t.Tensor, b as t.Tensor, { transA: true, transB: true, ...(c && { bias: c }) }),
    expected: ({ a, b, c }) =>
      elements(
        [2, 4],
        (i = 0, j = 0) => (c?.(j) ?? 0) + sigma(3, (k) => (a?.(k, i) ?? 0) * (b?.(j, k) ?? 0)),
      ),
  },
  ...[
    { a: [2, 3], b: [3, 4], out: [2, 4] },
    { a: [2, 2, 3], b: [3, 4], out: [2, 2, 4] },
    { a: [2, 2, 3], b: [2, 3, 1], out: [2, 2, 1] },
    { a: [3, 1, 2, 3], b: [2, 3, 2], out: [3, 2, 2, 2] },
    { a: [2, 3], b: [2, 3, 2], out: [2, 2, 2] },
  ].map(
    ({ a, b, out }): OperatorCase => ({
      name: `matmul [${a}] [${b}]`,
      inputs: { a: between(a), b: between(b) },
      build: (x) => t.matmul(x.a as t.Tensor, x.b as t.Tensor),
      expected: (x) =>
        elements(out, (...index) => {
          const [i = 0, j = 0] = index.slice(-2);
          const lead = index.slice(0, -2);
          const read = (m: Elements, p: number, q: number): number => {
            const own = m.shape.slice(0, -2);
            return m(...own.map((d, n) => (d === 1 ? 0 : (lead[lead.length - own.length + n] ?? 0))), p, q);
          };
          return sigma(3, (k) => read(x.a as Elements, i, k) * read(x.b as Elements, k, j));
        }),
    }),
  ),
  {
    name: 'matmul of vectors',
    inputs: { a: between([3]), b: between([2, 3, 2]), c: between([2]) },
    build: ({ a, b, c }) => t.matmul(t.matmul(a as t.Tensor, b as t.Tensor), c as t.Tensor),
    expected: ({ a, b, c }) =>
      elements([2], (n = 0) =>
        sigma(2, (j) => sigma(3, (k) => (a?.(k) ?? 0) * (b?.(n, k, j) ?? 0)) * (c?.(j) ?? 0)),
      ),
  },
  {
    name: 'matmul int32',
    inputs: { a: given('int32', [1, 2], [3, 4]), b: given('int32', [2, 1], [5, 6]) },
    build: ({ a, b }) => t.matmul(a as t.Tensor, b as t.Tensor),
    expected: () => elements([1, 1], () => 39),
    notDifferentiable: 'integers',
  },
  ...convolutions.map(
    ({ name, x, w, stride = 1, pads, dilation = 1, group = 1 }): OperatorCase => ({
      name: `conv ${name}`,
      inputs: { x: between(x), w: between(w) },
      build: (i) =>
        t.conv(i.x as t.Tensor, i.w as t.Tensor, { strides: stride, pads, dilations: dilation, group }),
      expected: (i) => convolution(i.x as Elements, i.w as Elements, { stride, pads, dilation, group }),
    }),
  ),
  {
    name: 'conv with bias',
    inputs: { x: between([2, 2, 3, 3]), w: between([3, 2, 2, 2]), b: between([3]) },
    build: ({ x, w, b }) => t.conv(x as t.Tensor, w as t.Tensor, { ...(b && { bias: b }) }),
    expected: ({ x, w, b }) => {
      const plain = convolution(x as Elements, w as Elements, { pads: [0, 0, 0, 0] });
      return elements(plain.shape, (...i) => plain(...i) + (b?.(i[1] ?? 0) ?? 0));
    },
  },
  ...transposedConvolutions.map(
    ({ name, x, w, stride = 1, pads, dilation = 1, group = 1, outputPadding = 0 }): OperatorCase => ({
      name: `convTranspose ${name}`,
      inputs: { x: between(x), w: between(w) },
      build: (i) =>
        t.convTranspose(i.x as t.Tensor, i.w as t.Tensor, {
          strides: stride,
          pads,
          dilations: dilation,
          group,
          outputPadding,
        }),
      expected: (i) =>
        transposedConvolution(i.x as Elements, i.w as Elements, {
          stride,
          pads,
          dilation,
          group,
          outputPadding,
        }),
    }),
  ),
  {
    name: 'convTranspose with bias',
    inputs: { x: between([2, 2, 2, 2]), w: between([2, 3, 2, 2]), b: between([3]) },
    build: ({ x, w, b }) =>
      t.convTranspose(x as t.Tensor, w as t.Tensor, { strides: 2, ...(b && { bias: b }) }),
    expected: ({ x, w, b }) => {
      const plain = transposedConvolution(x as Elements, w as Elements, { stride: 2, pads: [0, 0, 0, 0] });
      return elements(plain.shape, (...i) => plain(...i) + (b?.(i[1] ?? 0) ?? 0));
    },
  },
  ...[
    { shape: [2, 2, 4, 4], k: 2, stride: 2, pad: 0 },
    { shape: [1, 2, 5, 5], k: 3, stride: 2, pad: 1 },
    { shape: [1, 2, 5, 4], k: 3, stride: 1, pad: 0 },
    { shape: [2, 1, 7], k: 2, stride: 2, pad: 0 },
    { shape: [1, 1, 3, 3, 3], k: 2, stride: 1, pad: 0 },
  ].flatMap(({ shape, k, stride, pad }): OperatorCase[] => {
    const out = pooled(shape, k, stride, pad);
    const options = { kernel: k, strides: stride, pads: pad };
    const name = `[${shape}] k${k} s${stride} p${pad}`;
    return [
      {
        name: `maxPool ${name}`,
        inputs: { x: distinct(shape) },
        build: x1((x) => t.maxPool(x, options)),
        expected: e1(out, (x, ...at) => Math.max(...windowElements(x, at, k, stride, pad))),
      },
      {
        name: `averagePool ${name}`,
        inputs: { x: between(shape) },
        build: x1((x) => t.averagePool(x, options)),
        expected: e1(out, (x, ...at) => {
          const seen = windowElements(x, at, k, stride, pad);
          return total(seen) / seen.length;
        }),
      },
      {
        name: `averagePool counting padding ${name}`,
        inputs: { x: between(shape) },
        build: x1((x) => t.averagePool(x, { ...options, countPadding: true })),
        expected: e1(
          out,
          (x, ...at) => total(windowElements(x, at, k, stride, pad)) / k ** (shape.length - 2),
        ),
      },
    ];
  }),
  {
    name: 'globalAveragePool',
    inputs: { x: between([2, 3, 2, 2]) },
    build: x1(t.globalAveragePool),
    expected: e1(
      [2, 3, 1, 1],
      (x, n = 0, c = 0) => (x(n, c, 0, 0) + x(n, c, 0, 1) + x(n, c, 1, 0) + x(n, c, 1, 1)) / 4,
    ),
  },

  {
    name: 'reshape with -1',
    inputs: { x: between([2, 3, 2]) },
    build: x1((x) => t.reshape(x, [3, -1])),
    expected: e1([3, 4], (x, i = 0, j = 0) => {
      const at = i * 4 + j;
      return x(Math.floor(at / 6), Math.floor(at / 2) % 3, at % 2);
    }),
  },
  {
    name: 'flatten',
    inputs: { x: between([2, 3, 2]) },
    build: x1((x) => t.flatten(x)),
    expected: e1([2, 6], (x, i = 0, j = 0) => x(i, Math.floor(j / 2), j % 2)),
  },
  {
    name: 'transpose',
    inputs: { x: between([2, 3, 4]) },
    build: x1((x) => t.transpose(x)),
    expected: e1([4, 3, 2], (x, i = 0, j = 0, k = 0) => x(k, j, i)),
  },
  {
    name: 'transpose by a permutation',
    inputs: { x: between([2, 3, 4]) },
    build: x1((x) => t.transpose(x, [1, -1, 0])),
    expected: e1([3, 4, 2], (x, i = 0, j = 0, k = 0) => x(k, i, j)),
  },
  {
    name: 'expand',
    inputs: { x: between([3, 1]) },
    build: x1((x) => t.expand(x, [2, 3, 4])),
    expected: e1([2, 3, 4], (x, _, j = 0) => x(j, 0)),
  },
  {
    name: 'squeeze, unsqueeze',
    inputs: { x: between([1, 3, 1, 2]) },
    build: x1((x) => t.unsqueeze(t.squeeze(x, -2), [0, -1])),
    expected: e1([1, 1, 3, 2, 1], (x, _, __, j = 0, k = 0) => x(0, j, 0, k)),
  },
  {
    name: 'squeeze all',
    inputs: { x: between([1, 3, 1, 2]) },
    build: x1((x) => t.squeeze(x)),
    expected: e1([3, 2], (x, j = 0, k = 0) => x(0, j, 0, k)),
  },
  {
    name: 'slice',
    inputs: { x: between([4, 5]) },
    build: x1((x) => t.slice(x, { axes: [0, -1], starts: [1, -3], ends: [3, 100] })),
    expected: e1([2, 3], (x, i = 0, j = 0) => x(i + 1, j + 2)),
  },
  {
    name: 'slice with steps',
    inputs: { x: between([7, 6]) },
    build: x1((x) => t.slice(x, { axes: [0, 1], starts: [1, 0], ends: [7, 6], steps: [3, 2] })),
    expected: e1([2, 3], (x, i = 0, j = 0) => x(1 + 3 * i, 2 * j)),
  },
  {
    name: 'slice backwards',
    inputs: { x: between([5, 2]) },
    build: x1((x) => t.slice(x, { axes: [0], starts: [-1], ends: [-Infinity], steps: [-2] })),
    expected: e1([3, 2], (x, i = 0, j = 0) => x(4 - 2 * i, j)),
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
    build: x1((x) => {
      const [a, b, c] = t.split(x, [1, 2, 3], 1) as [t.Tensor, t.Tensor, t.Tensor];
      return t.add(t.mul(t.sum(b, 1, true), t.sum(c, 1, true)), a);
    }),
    expected: e1([2, 1], (x, i = 0) => (x(i, 1) + x(i, 2)) * (x(i, 3) + x(i, 4) + x(i, 5)) + x(i, 0)),
  },
  {
    name: 'split into gates',
    inputs: { x: between([2, 6]) },
    build: x1((x) => {
      const [a, b, c] = t.split(x, 3, -1) as [t.Tensor, t.Tensor, t.Tensor];
      return t.add(t.mul(a, b), t.square(c));
    }),
    expected: e1([2, 2], (x, i = 0, j = 0) => x(i, j) * x(i, j + 2) + x(i, j + 4) ** 2),
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
    build: x1((x) => t.pad(x, [1, 0, 0, 2], { value: 0.5 })),
    expected: e1([3, 5], (x, i = 0, j = 0) => (i === 0 || j > 2 ? 0.5 : x(i - 1, j))),
  },
  {
    name: 'pad reflect',
    inputs: { x: between([2, 4]) },
    build: x1((x) => t.pad(x, [0, 2, 0, 3], { mode: 'reflect' })),
    expected: e1([2, 9], (x, i = 0, j = 0) => x(i, [2, 1, 0, 1, 2, 3, 2, 1, 0][j] ?? 0)),
  },
  {
    name: 'pad edge',
    inputs: { x: between([2, 2]) },
    build: x1((x) => t.pad(x, [1, 2, 0, 1], { mode: 'edge' })),
    expected: e1([3, 5], (x, i = 0, j = 0) => x(Math.max(i - 1, 0), Math.min(Math.max(j - 2, 0), 1))),
  },
  {
    name: 'tile',
    inputs: { x: between([2, 3]) },
    build: x1((x) => t.tile(x, [2, 3])),
    expected: e1([4, 9], (x, i = 0, j = 0) => x(i % 2, j % 3)),
  },

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
      build: x1((x) => t.depthToSpace(x, 2, order)),
      expected: e1([2, 2, 4, 6], (x, n = 0, c = 0, h = 0, w = 0) => {
        const block = (h % 2) * 2 + (w % 2);
        return x(n, order === 'DCR' ? block * 2 + c : c * 4 + block, Math.floor(h / 2), Math.floor(w / 2));
      }),
    }),
  ),
  {
    name: 'spaceToDepth',
    inputs: { x: between([1, 2, 4, 2]) },
    build: x1((x) => t.spaceToDepth(x, 2)),
    expected: e1([1, 8, 2, 1], (x, n = 0, c = 0, h = 0, w = 0) => {
      const block = Math.floor(c / 2);
      return x(n, c % 2, h * 2 + Math.floor(block / 2), w * 2 + (block % 2));
    }),
  },
  {
    name: 'resizeNearest',
    inputs: { x: between([1, 2, 2, 3]) },
    build: x1((x) => t.resizeNearest(x, [2, 3])),
    expected: e1([1, 2, 4, 9], (x, n = 0, c = 0, h = 0, w = 0) =>
      x(n, c, Math.floor(h / 2), Math.floor(w / 3)),
    ),
  },
  {
    name: 'full, zeros, ones',
    inputs: { x: between([2, 2]) },
    build: x1((x) =>
      t.add(t.mul(x, t.full([2, 2], 3, x.dtype)), t.add(t.ones([2], x.dtype), t.zeros([2, 1], x.dtype))),
    ),
    expected: e1([2, 2], (x, i = 0, j = 0) => 3 * x(i, j) + 1),
  },
];
