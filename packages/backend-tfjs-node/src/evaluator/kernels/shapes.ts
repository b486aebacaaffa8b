import { type KernelTable, kernel, type TfjsKernel, unsupported } from '../kernel.js';
import type { Tfjs, TfTensor } from '../tfjs.js';

/** The same elements under another shape. */
const view: TfjsKernel = kernel(
  ['Reshape'],
  () =>
    ({ tf, inputs: [x], shape }) =>
      tf.reshape(x as TfTensor, [...shape]),
);

/** Elements `start, start + step, …` of one axis. */
interface Range {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** Every so many elements of each axis, by their number: the wasm backend's strided slices are right for float32 only. */
const thinned = (tf: Tfjs, x: TfTensor, steps: readonly number[]): TfTensor =>
  steps.reduce<TfTensor>((y, step, axis) => {
    if (step === 1) return y;
    const count = Math.ceil((y.shape[axis] as number) / step);
    const places = Int32Array.from({ length: count }, (_, i) => i * step);
    return tf.gather(y, tf.tensor1d(places, 'int32'), axis);
  }, x);

/** Cuts out the stretch that a range walks through; a walk backwards is turned round, and only then thinned out. */
function sliceAxes(tf: Tfjs, x: TfTensor, ranges: readonly Range[], shape: readonly number[]): TfTensor {
  const begin = x.shape.map(() => 0);
  const size = [...x.shape];
  for (const { axis, start, step } of ranges) {
    const d = x.shape[axis] as number;
    const count = shape[axis] as number;
    const first = start < 0 ? start + d : start;
    const width = count === 0 ? 0 : (count - 1) * Math.abs(step) + 1;
    begin[axis] = Math.max(0, step < 0 ? first - width + 1 : first);
    size[axis] = width;
  }
  const cut = tf.slice(x, begin, size);
  const backwards = ranges.flatMap(({ axis, step }) => (step < 0 ? [axis] : []));
  const turned = backwards.length === 0 ? cut : tf.reverse(cut, backwards);
  if (ranges.every(({ step }) => Math.abs(step) === 1)) return turned;
  const steps = x.shape.map((_, i) => Math.abs(ranges.find(({ axis }) => axis === i)?.step ?? 1));
  if (x.dtype !== 'float32') return thinned(tf, turned, steps);
  return tf.stridedSlice(
    turned,
    x.shape.map(() => 0),
    size,
    steps,
  );
}

/** Each element of an axis repeated `scales[axis]` times in place. Axes that stay are merged, which keeps the rank low. */
function repeatElements(tf: Tfjs, x: TfTensor, scales: readonly number[]): TfTensor {
  const split: number[] = [];
  const repeats: number[] = [];
  x.shape.forEach((d, axis) => {
    const scale = scales[axis] ?? 1;
    if (scale === 1 && axis > 0 && (scales[axis - 1] ?? 1) === 1) split.push((split.pop() ?? 1) * d);
    else {
      split.push(d, ...(scale === 1 ? [] : [1]));
      repeats.push(1, ...(scale === 1 ? [] : [scale]));
    }
  });
  return tf.tile(tf.reshape(x, split), repeats);
}

/** Shapes, order and repetition of elements. */
export const shapeKernels: KernelTable = {
  Reshape: view,
  Squeeze: view,
  Unsqueeze: view,

  Transpose: kernel(['Transpose'], ({ attributes }) => {
    const { perm } = attributes as { perm: readonly number[] };
    return ({ tf, inputs: [x] }) => tf.transpose(x as TfTensor, [...perm]);
  }),

  Expand: kernel(
    ['Tile'],
    () =>
      ({ tf, inputs: [x], shape }) =>
        tf.broadcastTo(x as TfTensor, [...shape]),
  ),

  Tile: kernel(['Tile'], ({ attributes }) => {
    const { repeats } = attributes as { repeats: readonly number[] };
    return ({ tf, inputs: [x] }) => tf.tile(x as TfTensor, [...repeats]);
  }),

  Concat: kernel(['Concat'], ({ attributes }) => {
    const { axis } = attributes as { axis: number };
    return ({ tf, inputs }) => tf.concat([...inputs], axis);
  }),

  Slice: kernel(['Slice', 'StridedSlice', 'Reverse'], ({ attributes }) => {
    const { axes, starts, ends, steps } = attributes as Record<
      'axes' | 'starts' | 'ends' | 'steps',
      readonly number[]
    >;
    const ranges = axes.map((axis, i) => ({
      axis,
      start: starts[i] ?? 0,
      end: ends[i] ?? 0,
      step: steps[i] ?? 1,
    }));
    return ({ tf, inputs: [x], shape }) => sliceAxes(tf, x as TfTensor, ranges, shape);
  }),

  Pad: kernel(['PadV2'], (node) => {
    const { pads, value, mode } = node.attributes as { pads: readonly number[]; value: number; mode: string };
    if (mode !== 'constant') throw unsupported(node, `padding mode "${mode}"`, 'pad with a constant');
    const around = Array.from({ length: node.rank }, (_, i): [number, number] => [
      pads[i] ?? 0,
      pads[node.rank + i] ?? 0,
    ]);
    return ({ tf, inputs: [x] }) => tf.pad(x as TfTensor, around, value);
  }),

  // By whole numbers; any other resizing is written as products before.
  Resize: kernel(['Tile'], ({ attributes }) => {
    const { scales } = attributes as { scales: readonly number[] };
    return ({ tf, inputs: [x], shape }) => tf.reshape(repeatElements(tf, x as TfTensor, scales), [...shape]);
  }),

  Shape: kernel(
    [],
    () =>
      ({ tf, inputs: [x] }) =>
        tf.tensor(x?.shape ?? [], undefined, 'int32'),
  ),
  Size: kernel(
    [],
    () =>
      ({ tf, inputs: [x] }) =>
        tf.scalar(x?.size ?? 0, 'int32'),
  ),

  DepthToSpace: kernel(['Transpose'], ({ attributes }) => {
    const { blocksize: b, mode } = attributes as { blocksize: number; mode: 'DCR' | 'CRD' };
    return ({ tf, inputs: [x], shape }) => {
      const [n = 1, c = 1] = shape;
      const [h = 1, w = 1] = (x as TfTensor).shape.slice(2);
      const depth = mode === 'DCR' ? [n, b, b, c, h, w] : [n, c, b, b, h, w];
      const order = mode === 'DCR' ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3];
      return tf.reshape(tf.transpose(tf.reshape(x as TfTensor, depth), order), [...shape]);
    };
  }),

  SpaceToDepth: kernel(['Transpose'], ({ attributes }) => {
    const { blocksize: b } = attributes as { blocksize: number };
    return ({ tf, inputs: [x], shape }) => {
      const [n = 1, c = 1] = (x as TfTensor).shape;
      const [h = 1, w = 1] = shape.slice(2);
      const blocks = tf.reshape(x as TfTensor, [n, c, h, b, w, b]);
      return tf.reshape(tf.transpose(blocks, [0, 3, 5, 1, 2, 4]), [...shape]);
    };
  }),
};
