import * as t from '../index.js';
import {
  awayFromZero,
  between,
  distinct,
  type Elements,
  elements,
  fromX,
  indices,
  ofX,
  type OperatorCase,
} from '../../test/operator-case.js';
import { convolution, transposedConvolution } from './linear.table.js';

const total = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

/** Padding by ONNX's formulas, written apart from the language. */
function samePads(
  sizes: readonly number[],
  kernel: readonly number[],
  stride: number,
  dilation: number,
  upper: boolean,
): number[] {
  const both = sizes.map((d, i) => {
    const covered = (Math.ceil(d / stride) - 1) * stride + ((kernel[i] ?? 1) - 1) * dilation + 1;
    const all = Math.max(0, covered - d);
    const half = Math.floor(all / 2);
    return upper ? [half, all - half] : [all - half, half];
  });
  return [...both.map(([a = 0]) => a), ...both.map(([, b = 0]) => b)];
}

const paddingCases: readonly OperatorCase[] = (
  [
    { x: [1, 2, 5, 6], w: [2, 2, 3, 2], stride: 2, dilation: 1 },
    { x: [2, 1, 7], w: [2, 1, 4], stride: 3, dilation: 1 },
    { x: [1, 2, 4, 5], w: [2, 2, 2, 2], stride: 1, dilation: 2 },
    { x: [1, 1, 3, 4, 2], w: [2, 1, 2, 3, 1], stride: 2, dilation: 1 },
  ] as const
).flatMap(({ x, w, stride, dilation }) =>
  (['SAME_UPPER', 'SAME_LOWER', 'VALID'] as const).map((form): OperatorCase => {
    const kernel = w.slice(2);
    const pads =
      form === 'VALID'
        ? [...kernel, ...kernel].map(() => 0)
        : samePads(x.slice(2), kernel, stride, dilation, form === 'SAME_UPPER');
    return {
      name: `conv ${form} [${x}] [${w}] s${stride} d${dilation}`,
      inputs: { x: between(x), w: between(w) },
      build: (i) =>
        t.conv(i.x as t.Tensor, i.w as t.Tensor, { strides: stride, dilations: dilation, pads: form }),
      expected: (i) => convolution(i.x as Elements, i.w as Elements, { stride, dilation, pads }),
    };
  }),
);

const transposedPaddingCases: readonly OperatorCase[] = [
  { form: 'SAME_UPPER', k: 3, stride: 2, pads: [0, 0, 1, 1] },
  { form: 'SAME_LOWER', k: 3, stride: 2, pads: [1, 1, 0, 0] },
  { form: 'SAME_UPPER', k: 4, stride: 2, pads: [1, 1, 1, 1] },
  { form: 'VALID', k: 2, stride: 3, pads: [0, 0, 0, 0] },
].map(
  ({ form, k, stride, pads }): OperatorCase => ({
    name: `convTranspose ${form} k${k} s${stride}`,
    inputs: { x: between([1, 2, 3, 2]), w: between([2, 2, k, k]) },
    build: (i) =>
      t.convTranspose(i.x as t.Tensor, i.w as t.Tensor, { strides: stride, pads: form as t.PaddingForm }),
    expected: (i) => transposedConvolution(i.x as Elements, i.w as Elements, { stride, pads }),
  }),
);

const groupCases: readonly OperatorCase[] = [
  {
    name: 'conv depthwise, two filters per channel, dilated, uneven pads',
    inputs: { x: between([2, 3, 5, 6]), w: between([6, 1, 3, 2]) },
    build: ({ x, w }) =>
      t.conv(x as t.Tensor, w as t.Tensor, { group: 3, dilations: 2, pads: [2, 0, 1, 2], strides: 2 }),
    expected: ({ x, w }) =>
      convolution(x as Elements, w as Elements, { group: 3, dilation: 2, pads: [2, 0, 1, 2], stride: 2 }),
  },
  {
    name: 'conv 1-D in groups',
    inputs: { x: between([2, 4, 6]), w: between([2, 2, 3]) },
    build: ({ x, w }) => t.conv(x as t.Tensor, w as t.Tensor, { group: 2, pads: [2, 0] }),
    expected: ({ x, w }) => convolution(x as Elements, w as Elements, { group: 2, pads: [2, 0] }),
  },
  {
    name: 'conv 3-D depthwise',
    inputs: { x: between([1, 2, 3, 2, 3]), w: between([2, 1, 2, 2, 2]) },
    build: ({ x, w }) =>
      t.conv(x as t.Tensor, w as t.Tensor, { group: 2, pads: [1, 0, 0, 0, 1, 1], strides: 2 }),
    expected: ({ x, w }) =>
      convolution(x as Elements, w as Elements, { group: 2, pads: [1, 0, 0, 0, 1, 1], stride: 2 }),
  },
  {
    name: 'conv of one pixel',
    inputs: { x: between([1, 2, 1, 1]), w: between([3, 2, 1, 1]) },
    build: ({ x, w }) => t.conv(x as t.Tensor, w as t.Tensor),
    expected: ({ x, w }) => convolution(x as Elements, w as Elements, { pads: [0, 0, 0, 0] }),
  },
  {
    name: 'convTranspose 3-D depthwise with output padding',
    inputs: { x: between([1, 2, 2, 2, 1]), w: between([2, 1, 2, 3, 2]) },
    build: ({ x, w }) =>
      t.convTranspose(x as t.Tensor, w as t.Tensor, {
        group: 2,
        strides: 2,
        pads: [0, 1, 0, 1, 1, 0],
        outputPadding: 1,
      }),
    expected: ({ x, w }) =>
      transposedConvolution(x as Elements, w as Elements, {
        group: 2,
        stride: 2,
        pads: [0, 1, 0, 1, 1, 0],
        outputPadding: 1,
      }),
  },
  {
    name: 'convTranspose 1-D to a wanted size',
    inputs: { x: between([1, 2, 4]), w: between([2, 2, 5]) },
    build: ({ x, w }) => t.convTranspose(x as t.Tensor, w as t.Tensor, { strides: 2, outputSizes: 8 }),
    expected: ({ x, w }) => transposedConvolution(x as Elements, w as Elements, { stride: 2, pads: [2, 1] }),
  },
];

interface PoolCase {
  readonly shape: readonly number[];
  readonly k: number;
  readonly stride: number;
  readonly pads: readonly number[];
  readonly dilation?: number;
  readonly ceil?: boolean;
}

/** Number of windows by PyTorch's rule: the last one begins on the input or the padding before it. */
function windows({ shape, k, stride, pads, dilation = 1, ceil = false }: PoolCase): number[] {
  const axes = shape.length - 2;
  return shape.map((d, i) => {
    if (i < 2) return d;
    const [before, after] = [pads[i - 2] ?? 0, pads[axes + i - 2] ?? 0];
    const room = (d + before + after - (k - 1) * dilation - 1) / stride;
    const count = (ceil ? Math.ceil(room) : Math.floor(room)) + 1;
    return ceil && (count - 1) * stride >= d + before ? count - 1 : count;
  });
}

/** Elements under a window that lie on the input, and how many places of it lie on the padded input. */
function seen(x: Elements, at: readonly number[], { k, stride, pads, dilation = 1 }: PoolCase) {
  const [b = 0, c = 0, ...place] = at;
  const axes = place.length;
  const list: number[] = [];
  let places = 0;
  for (const e of indices(place.map(() => k))) {
    const p = place.map((o, i) => o * stride + (e[i] ?? 0) * dilation - (pads[i] ?? 0));
    const inside = (margin: readonly number[]): boolean =>
      p.every((q, i) => q >= -(pads[i] ?? 0) && q < (x.shape[i + 2] ?? 1) + (margin[axes + i] ?? 0));
    if (inside(pads)) places++;
    if (inside([]) && p.every((q) => q >= 0)) list.push(x(b, c, ...p));
  }
  return { list, places };
}

const pools: readonly PoolCase[] = [
  { shape: [1, 2, 7], k: 3, stride: 2, pads: [1, 0], dilation: 1 },
  { shape: [1, 1, 6, 5], k: 2, stride: 2, pads: [0, 1, 1, 0], dilation: 1 },
  { shape: [1, 1, 6, 5], k: 3, stride: 2, pads: [0, 0, 0, 0], ceil: true },
  { shape: [2, 1, 5, 4], k: 2, stride: 3, pads: [1, 1, 1, 1], ceil: true },
  { shape: [1, 1, 4, 3, 4], k: 2, stride: 2, pads: [0, 0, 0, 0, 0, 0], ceil: true },
];
const dilated: readonly PoolCase[] = [
  { shape: [1, 2, 7, 6], k: 2, stride: 2, pads: [1, 0, 0, 1], dilation: 2 },
  { shape: [1, 1, 9], k: 3, stride: 2, pads: [3, 3], dilation: 2 },
  { shape: [1, 1, 7, 7], k: 2, stride: 3, pads: [0, 0, 0, 0], dilation: 3, ceil: true },
];

const poolingCases: readonly OperatorCase[] = [
  ...[...pools, ...dilated].map((row): OperatorCase => {
    const { shape, k, stride, pads, dilation = 1, ceil = false } = row;
    return {
      name: `maxPool [${shape}] k${k} s${stride} p[${pads}] d${dilation}${ceil ? ' ceil' : ''}`,
      inputs: { x: distinct(shape) },
      build: ofX((x) =>
        t.maxPool(x, { kernel: k, strides: stride, pads, dilations: dilation, ceilMode: ceil }),
      ),
      expected: fromX(windows(row), (x, ...at) => Math.max(...seen(x, at, row).list)),
    };
  }),
  ...pools.flatMap((row): OperatorCase[] => {
    const { shape, k, stride, pads, ceil = false } = row;
    const options = { kernel: k, strides: stride, pads, ceilMode: ceil };
    const name = `[${shape}] k${k} s${stride} p[${pads}]${ceil ? ' ceil' : ''}`;
    return [
      {
        name: `averagePool ${name}`,
        inputs: { x: between(shape) },
        build: ofX((x) => t.averagePool(x, options)),
        expected: fromX(windows(row), (x, ...at) => {
          const { list } = seen(x, at, row);
          return total(list) / list.length;
        }),
      },
      {
        name: `averagePool counting padding ${name}`,
        inputs: { x: between(shape) },
        build: ofX((x) => t.averagePool(x, { ...options, countPadding: true })),
        expected: fromX(windows(row), (x, ...at) => {
          const { list, places } = seen(x, at, row);
          return total(list) / places;
        }),
      },
      ...[1, 2, 3].map(
        (p): OperatorCase => ({
          name: `lpPool p${p} ${name}`,
          inputs: { x: awayFromZero(shape, 0.3) },
          build: ofX((x) => t.lpPool(x, { ...options, p })),
          expected: fromX(
            windows(row),
            (x, ...at) => total(seen(x, at, row).list.map((v) => Math.abs(v) ** p)) ** (1 / p),
          ),
        }),
      ),
    ];
  }),
  {
    name: 'maxPool SAME_UPPER',
    inputs: { x: distinct([1, 1, 5, 4]) },
    build: ofX((x) => t.maxPool(x, { kernel: 2, strides: 2, pads: 'SAME_UPPER' })),
    expected: fromX([1, 1, 3, 2], (x, ...at) =>
      Math.max(...seen(x, at, { shape: [], k: 2, stride: 2, pads: [0, 0, 1, 0] }).list),
    ),
  },
  {
    name: 'averagePool SAME_LOWER',
    inputs: { x: between([1, 2, 5]) },
    build: ofX((x) => t.averagePool(x, { kernel: 2, strides: 1, pads: 'SAME_LOWER' })),
    expected: fromX([1, 2, 5], (x, ...at) => {
      const { list } = seen(x, at, { shape: [], k: 2, stride: 1, pads: [1, 0] });
      return total(list) / list.length;
    }),
  },
  {
    name: 'globalMaxPool',
    inputs: { x: distinct([2, 2, 2, 3]) },
    build: ofX(t.globalMaxPool),
    expected: fromX([2, 2, 1, 1], (x, n = 0, c = 0) =>
      Math.max(...indices([2, 3]).map((at) => x(n, c, ...at))),
    ),
  },
  ...[1, 2, 4].map(
    (p): OperatorCase => ({
      name: `globalLpPool p${p}`,
      inputs: { x: awayFromZero([2, 2, 3]) },
      build: ofX((x) => t.globalLpPool(x, p)),
      expected: fromX(
        [2, 2, 1],
        (x, n = 0, c = 0) => total([0, 1, 2].map((i) => Math.abs(x(n, c, i)) ** p)) ** (1 / p),
      ),
    }),
  ),
];

/** Index into an axis of size `d` that a padding mode copies. */
const copied: Readonly<Record<'reflect' | 'edge' | 'wrap', (i: number, d: number) => number>> = {
  reflect: (i, d) => (i < 0 ? -i : i >= d ? 2 * d - 2 - i : i),
  edge: (i, d) => Math.min(d - 1, Math.max(0, i)),
  wrap: (i, d) => (i + d) % d,
};

const borderCases: readonly OperatorCase[] = (['reflect', 'edge', 'wrap'] as const).flatMap((mode) =>
  [
    { shape: [2, 3], pads: [1, 2, 0, 1] },
    { shape: [1, 2, 3, 4], pads: [0, 0, 2, 1, 0, 0, 1, 3] },
    { shape: [4], pads: [3, 3] },
  ].map(
    ({ shape, pads }): OperatorCase => ({
      name: `pad ${mode} [${shape}] by [${pads}]`,
      inputs: { x: between(shape) },
      build: ofX((x) => t.pad(x, pads, { mode })),
      expected: fromX(
        shape.map((d, i) => d + (pads[i] ?? 0) + (pads[shape.length + i] ?? 0)),
        (x, ...at) => x(...at.map((i, axis) => copied[mode](i - (pads[axis] ?? 0), shape[axis] ?? 1))),
      ),
    }),
  ),
);

/** Windows in every padding form, groups, partial windows, norms as pooling, and borders. */
export const windowCases: readonly OperatorCase[] = [
  ...paddingCases,
  ...transposedPaddingCases,
  ...groupCases,
  ...poolingCases,
  ...borderCases,
  {
    name: 'pad edge of one element',
    inputs: { x: between([1, 1]) },
    build: ofX((x) => t.pad(x, [0, 2, 1, 0], { mode: 'edge' })),
    expected: (i) => elements([2, 3], () => i.x?.(0, 0) ?? Number.NaN),
  },
];
