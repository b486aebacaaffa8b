import * as t from '@ganymede/tensor';
import { type BackendCase, sample } from './backend-case.js';

const real = (name: string, ...shape: number[]) => t.input(name, shape, 'float32');

/** The program's output and its gradients by the named inputs, under a fixed weighting of the output. */
function withGradients(y: t.Tensor, inputs: Readonly<Record<string, t.Tensor>>): Record<string, t.Tensor> {
  const weights = t.constant(sample(y.shape as readonly number[], 99));
  const names = Object.keys(inputs);
  const gradients = t.grad(y.mul(weights).sum(), Object.values(inputs));
  return { y, ...Object.fromEntries(names.map((name, i) => [`d/d${name}`, gradients[i] as t.Tensor])) };
}

interface ConvRow {
  readonly name: string;
  readonly x: readonly number[];
  readonly w: readonly number[];
  readonly options: t.ConvOptions;
}

const convolutions: readonly ConvRow[] = [
  { name: 'kernel 4, stride 2', x: [3, 2, 8, 8], w: [5, 2, 4, 4], options: { strides: 2, pads: 1 } },
  { name: 'kernel 3, stride 1', x: [2, 3, 5, 6], w: [4, 3, 3, 3], options: { pads: 1 } },
  {
    name: 'kernel 5, stride 2, size that does not divide',
    x: [2, 9, 10, 7],
    w: [12, 9, 5, 5],
    options: { strides: 2, pads: 2 },
  },
  { name: 'kernel 3, dilation 2', x: [1, 2, 9, 9], w: [3, 2, 3, 3], options: { dilations: 2, pads: 2 } },
  { name: 'kernel 1', x: [2, 6, 3, 3], w: [4, 6, 1, 1], options: {} },
  { name: 'two groups', x: [2, 4, 6, 6], w: [6, 2, 3, 3], options: { group: 2, pads: 1 } },
  {
    name: 'two groups, stride 2',
    x: [2, 4, 6, 6],
    w: [4, 2, 3, 3],
    options: { group: 2, strides: 2, pads: 1 },
  },
  {
    name: 'three dimensions, two groups',
    x: [1, 4, 4, 3, 4],
    w: [2, 2, 2, 2, 2],
    options: { group: 2, strides: 2, pads: [0, 1, 0, 0, 0, 1] },
  },
  {
    name: 'uneven strides, kernels and padding',
    x: [2, 3, 9, 8],
    w: [4, 3, 3, 2],
    options: { strides: [2, 1], pads: [1, 0, 0, 1] },
  },
  { name: 'whole rows', x: [3, 1, 7, 5], w: [4, 1, 3, 5], options: {} },
  {
    name: 'one channel, kernel 4, stride 2',
    x: [3, 1, 8, 9],
    w: [6, 1, 4, 4],
    options: { strides: 2, pads: 1 },
  },
  { name: 'one dimension', x: [2, 3, 11], w: [4, 3, 3], options: { strides: [2], pads: [1] } },
];

const forward = ({ name, x, w, options }: ConvRow): BackendCase => ({
  name: `conv and its gradients: ${name}`,
  build: () => {
    const inputs = { x: real('x', ...x), w: real('w', ...w), b: real('b', w[0] as number) };
    return withGradients(t.conv(inputs.x, inputs.w, { ...options, bias: inputs.b }), inputs);
  },
  feeds: [{ x: sample(x, 1), w: sample(w, 2), b: sample([w[0] as number], 3) }],
});

const backward = ({ name, x, w, options }: ConvRow): BackendCase => {
  const group = options.group ?? 1;
  // The transposed convolution reads what the convolution writes: `w[0]` channels.
  const small = [x[0] as number, w[0] as number, ...x.slice(2).map((size) => Math.ceil(size / 2))];
  const bias = [(w[1] as number) * group];
  return {
    name: `convTranspose and its gradients: ${name}`,
    build: () => {
      const inputs = { x: real('x', ...small), w: real('w', ...w), b: real('b', ...bias) };
      return withGradients(t.convTranspose(inputs.x, inputs.w, { ...options, bias: inputs.b }), inputs);
    },
    feeds: [{ x: sample(small, 4), w: sample(w, 5), b: sample(bias, 6) }],
  };
};

/** Products, convolutions of many shapes, and their gradients. */
export const linearCases: readonly BackendCase[] = [
  {
    name: 'matrix products and their gradients',
    build: () => {
      const inputs = { a: real('a', 5, 3), b: real('b', 3, 4) };
      const batched = t.matmul(real('c', 2, 3, 4), real('d', 4, 2));
      const gemm = t.gemm(inputs.a, inputs.a, { transB: true, bias: real('e', 5) });
      return { ...withGradients(t.matmul(inputs.a, inputs.b), inputs), batched, gemm };
    },
    feeds: [
      {
        a: sample([5, 3], 1),
        b: sample([3, 4], 2),
        c: sample([2, 3, 4], 3),
        d: sample([4, 2], 4),
        e: sample([5], 5),
      },
    ],
  },
  ...convolutions.map(forward),
  ...convolutions.map(backward),
  {
    name: 'pooling and resizing',
    build: () => {
      const x = real('x', 2, 3, 6, 6);
      return {
        average: t.averagePool(x, { kernel: 2, strides: 2 }),
        most: t.maxPool(x, { kernel: 2, strides: 2 }),
        global: t.globalAveragePool(x),
        larger: t.resizeNearest(x, 2),
        deep: t.spaceToDepth(x, 2),
        ...withGradients(t.averagePool(x, { kernel: 3, strides: 2, pads: 1 }), { x }),
      };
    },
    feeds: [{ x: sample([2, 3, 6, 6], 7) }],
  },
];
