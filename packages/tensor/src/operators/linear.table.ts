import * as t from '../index.js';
import {
  between,
  distinct,
  type Elements,
  elements,
  given,
  indices,
  type OperatorCase,
  sigma,
  ofX,
  fromX,
} from '../../test/operator-case.js';

const total = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

/** A convolution written as the sum it is defined by; `x` reads 0 outside. */
export function convolution(
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
export function transposedConvolution(
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
/** Matrix products, convolutions and pooling. */
export const linearCases: readonly OperatorCase[] = [
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
        build: ofX((x) => t.maxPool(x, options)),
        expected: fromX(out, (x, ...at) => Math.max(...windowElements(x, at, k, stride, pad))),
      },
      {
        name: `averagePool ${name}`,
        inputs: { x: between(shape) },
        build: ofX((x) => t.averagePool(x, options)),
        expected: fromX(out, (x, ...at) => {
          const seen = windowElements(x, at, k, stride, pad);
          return total(seen) / seen.length;
        }),
      },
      {
        name: `averagePool counting padding ${name}`,
        inputs: { x: between(shape) },
        build: ofX((x) => t.averagePool(x, { ...options, countPadding: true })),
        expected: fromX(
          out,
          (x, ...at) => total(windowElements(x, at, k, stride, pad)) / k ** (shape.length - 2),
        ),
      },
    ];
  }),
  {
    name: 'globalAveragePool',
    inputs: { x: between([2, 3, 2, 2]) },
    build: ofX(t.globalAveragePool),
    expected: fromX(
      [2, 3, 1, 1],
      (x, n = 0, c = 0) => (x(n, c, 0, 0) + x(n, c, 0, 1) + x(n, c, 1, 0) + x(n, c, 1, 1)) / 4,
    ),
  },
];
