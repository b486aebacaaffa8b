import * as t from '@ganymede/tensor';
import { attributesOf } from '../kernel.js';

/** An operator that TensorFlow.js lacks, written with others; undefined where it has a kernel for this form of it. */
export type Composition = (node: t.Tensor) => t.Tensor | undefined;

type Inputs = readonly [t.Tensor, t.Tensor, t.Tensor];
const inputsOf = (node: t.Tensor): Inputs =>
  // Each composition reads as many as its operator has.
  node.inputs as Inputs;

interface Numbers {
  readonly [name: string]: number;
}

interface Reduction {
  readonly [name: string]: number | readonly number[];
  readonly axes: readonly number[];
  readonly keepdims: 0 | 1;
}

/** A sum over the axes of a reduction. */
const summed = (node: t.Tensor, x: t.Tensor): t.Tensor => {
  const { axes, keepdims } = attributesOf<Reduction>(node);
  return t.sum(x, axes, keepdims === 1);
};

/** The numbers from 0 along an axis of known size, as a tensor that broadcasts along the others. */
const positions = (size: number, rank: number, axis: number): t.Tensor =>
  t.constant(
    t.valueOf(
      Array.from({ length: size }, (_, i) => i),
      Array.from({ length: rank }, (_, i) => (i === axis ? size : 1)),
      'int64',
    ),
  );

/** A constant matrix of booleans. */
function mask(rows: number, columns: number, holds: (above: number) => boolean): t.Tensor {
  const data = new Uint8Array(rows * columns);
  for (let i = 0; i < data.length; i++) data[i] = Number(holds((i % columns) - Math.floor(i / columns)));
  return t.constant(t.value('bool', [rows, columns], data));
}

const sizesOf = (x: t.Tensor): readonly [number, number] | undefined => {
  const [rows, columns] = x.shape.slice(-2);
  return typeof rows === 'number' && typeof columns === 'number' ? [rows, columns] : undefined;
};

/** Activations. */
const activations: Readonly<Record<string, Composition>> = {
  Celu: (node) => {
    const [x] = inputsOf(node);
    const { alpha = 1 } = attributesOf<Numbers>(node);
    return t.mul(t.elu(t.div(x, alpha)), alpha);
  },
  HardSigmoid: (node) => {
    const { alpha = 0.2, beta = 0.5 } = attributesOf<Numbers>(node);
    return t.clip(t.add(t.mul(inputsOf(node)[0], alpha), beta), 0, 1);
  },
  HardSwish: (node) => {
    const [x] = inputsOf(node);
    return t.mul(x, t.clip(t.add(t.div(x, 6), 0.5), 0, 1));
  },
  PRelu: (node) => {
    const [x, slope] = inputsOf(node);
    return t.where(t.less(x, 0), t.mul(slope, x), x);
  },
  Selu: (node) => {
    const { alpha = 1, gamma = 1 } = attributesOf<Numbers>(node);
    return t.mul(t.elu(inputsOf(node)[0], alpha), gamma);
  },
  Shrink: (node) => {
    const [x] = inputsOf(node);
    const { lambd = 0.5, bias = 0 } = attributesOf<Numbers>(node);
    return t.where(t.less(x, -lambd), t.add(x, bias), t.where(t.greater(x, lambd), t.sub(x, bias), 0));
  },
  Softsign: (node) => {
    const [x] = inputsOf(node);
    return t.div(x, t.add(t.abs(x), 1));
  },
  ThresholdedRelu: (node) => {
    const [x] = inputsOf(node);
    return t.where(t.greater(x, attributesOf<Numbers>(node).alpha ?? 1), x, 0);
  },
};

/** Functions of several tensors, of whole numbers and of booleans. */
const elementwise: Readonly<Record<string, Composition>> = {
  BitShift: (node) => {
    const [a, b] = inputsOf(node).map((x) => x && t.cast(x, 'int32')) as unknown as Inputs;
    const factor = t.pow(2, t.clip(b, 0, 16));
    return t.cast(node.attributes.direction === 'LEFT' ? t.mul(a, factor) : t.div(a, factor), 'uint8');
  },
  IsInf: (node) => {
    const [x] = inputsOf(node);
    const { detect_negative: below, detect_positive: above } = attributesOf<Numbers>(node);
    const [low, high] = [t.equal(x, -Infinity), t.equal(x, Infinity)];
    if (below === 1 && above === 1) return t.or(low, high);
    return below === 1 ? low : above === 1 ? high : t.and(low, high);
  },
  Mean: (node) =>
    t.div(
      node.inputs.reduce((a, b) => t.add(a, b)),
      node.inputs.length,
    ),
  Sum: (node) => node.inputs.reduce((a, b) => t.add(a, b)),
  Xor: (node) => {
    const [a, b] = inputsOf(node);
    return t.not(t.equal(a, b));
  },
};

const reductions: Readonly<Record<string, Composition>> = {
  ReduceL1: (node) => summed(node, t.abs(inputsOf(node)[0])),
  ReduceL2: (node) => t.sqrt(summed(node, t.square(inputsOf(node)[0]))),
  ReduceLogSum: (node) => t.log(summed(node, inputsOf(node)[0])),
  ReduceSumSquare: (node) => summed(node, t.square(inputsOf(node)[0])),
  Hardmax: (node) => {
    const [x] = inputsOf(node);
    const { axis = -1 } = attributesOf<Numbers>(node);
    const size = x.shape[axis];
    if (typeof size !== 'number') return undefined;
    return t.cast(t.equal(t.argMax(x, axis, true), positions(size, x.rank, axis)), x.dtype);
  },
};

/** Where padding reads: the mirror image without the border itself, the border, or the other end. */
function borderPlace(mode: string, at: number, size: number): number {
  if (mode === 'edge') return Math.min(size - 1, Math.max(0, at));
  if (mode === 'wrap') return ((at % size) + size) % size;
  const period = Math.max(1, 2 * (size - 1));
  const place = ((at % period) + period) % period;
  return Math.min(place, period - place);
}

const arrangements: Readonly<Record<string, Composition>> = {
  EyeLike: (node) => {
    const { k = 0 } = attributesOf<Numbers>(node);
    const sizes = sizesOf(node);
    return (
      sizes &&
      t.cast(
        mask(...sizes, (above) => above === k),
        node.dtype,
      )
    );
  },
  Pad: (node) => {
    const [x] = inputsOf(node);
    const { mode, pads } = node.attributes as { mode: string; pads: readonly number[] };
    if (mode === 'constant') return undefined;
    return x.shape.reduce<t.Tensor | undefined>((y, d, axis) => {
      const [before, after] = [pads[axis] ?? 0, pads[x.rank + axis] ?? 0];
      if (y === undefined || (before === 0 && after === 0)) return y;
      if (typeof d !== 'number') return undefined;
      const places = Array.from({ length: before + d + after }, (_, i) => borderPlace(mode, i - before, d));
      return t.gather(y, t.constant(t.valueOf(places, undefined, 'int64')), axis);
    }, x);
  },
  Trilu: (node) => {
    const [x] = inputsOf(node);
    const { upper = 1, k = 0 } = attributesOf<Numbers>(node);
    const sizes = sizesOf(x);
    return (
      sizes &&
      t.where(
        mask(...sizes, (above) => (upper === 1 ? above >= k : above <= k)),
        x,
        0,
      )
    );
  },
  ReverseSequence: (node) => {
    const [x, lengths] = inputsOf(node);
    const { time_axis: axis = 0 } = attributesOf<Numbers>(node);
    const size = x.shape[axis];
    if (typeof size !== 'number') return undefined;
    const time = positions(size, 2, axis);
    const length = t.unsqueeze(lengths, [axis]);
    const source = t.where(t.less(time, length), t.sub(t.sub(length, time), 1), time);
    const places = t.reshape(source, [...source.shape, ...x.shape.slice(2).map(() => 1)]);
    return t.gatherElements(x, t.expand(places, x.shape), axis);
  },
};

/** Operators written with others, by name. */
export const compositions: Readonly<Record<string, Composition>> = {
  ...activations,
  ...elementwise,
  ...reductions,
  ...arrangements,
};
