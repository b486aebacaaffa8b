import { constantValue, type Tensor } from '@ganymede/tensor';
import { type KernelTable, kernel, unsupported } from '../kernel.js';
import type { Tfjs, TfTensor } from '../tfjs.js';

/** Makes indices count from 0: a negative one counts from the end of an axis of `size`, or of several axes. */
type FromZero = (tf: Tfjs, indices: TfTensor, size: number | readonly number[]) => TfTensor;

/** Constant indices are looked at once; where none is negative there is nothing to do at each run. */
function fromZero(indices: Tensor): FromZero {
  const known = constantValue(indices)?.data;
  if (known?.every((index) => index >= 0)) return (_, x) => x;
  return (tf, x, size) => {
    const sizes =
      typeof size === 'number' ? tf.scalar(size, 'int32') : tf.tensor([...size], undefined, 'int32');
    return tf.where(tf.less(x, tf.scalar(0, 'int32')), tf.add(x, sizes), x);
  };
}

/** Row-major distance between neighbours along each axis. */
const stridesOf = (shape: readonly number[]): number[] =>
  shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1));

/**
 * For each element of `indices`, where along the flattened `shape` it points: at its own place, but for `axis`. The part that
 * does not depend on the indices is an array as large as they are.
 */
function flatPlaces(tf: Tfjs, indices: TfTensor, shape: readonly number[], axis: number): TfTensor {
  const strides = stridesOf(shape);
  let base = new Int32Array([0]);
  indices.shape.forEach((d, i) => {
    const step = i === axis ? 0 : (strides[i] as number);
    const next = new Int32Array(base.length * d);
    for (let k = 0; k < base.length; k++)
      for (let j = 0; j < d; j++) next[k * d + j] = (base[k] as number) + j * step;
    base = next;
  });
  const places = tf.tensor(base, indices.shape, 'int32');
  return tf.reshape(tf.add(places, tf.mul(indices, tf.scalar(strides[axis] as number, 'int32'))), [-1]);
}

/** Whether a tensor is known to hold zeros only: adding to it needs no addition. */
function isZero(x: Tensor): boolean {
  const source = x.operator.name === 'Expand' ? (x.inputs[0] as Tensor) : x;
  return constantValue(source)?.data.every((element) => Number(element) === 0) ?? false;
}

const copyOf = (tf: Tfjs, x: TfTensor): TfTensor => tf.mul(x, tf.scalar(1, x.dtype));

/** Puts `updates` where `places` `[count, depth]` point in a tensor like `x`, replacing or adding. */
function scatter(node: Tensor): (tf: Tfjs, x: TfTensor, places: TfTensor, updates: TfTensor) => TfTensor {
  const { reduction } = node.attributes as { reduction: string };
  if (reduction === 'none') {
    // The kernel of TensorFlow.js's cpu backend writes into the tensor it is given: it gets a copy.
    return (tf, x, places, updates) => tf.tensorScatterUpdate(copyOf(tf, x), places, updates);
  }
  if (reduction !== 'add')
    throw unsupported(node, `reduction "${reduction}"`, 'scatter with reduction "none" or "add"');
  const ontoZeros = isZero(node.inputs[0] as Tensor);
  return (tf, x, places, updates) => {
    const sums = tf.scatterND(places as never, updates, x.shape as never) as TfTensor;
    return ontoZeros ? sums : tf.add(x, sums);
  };
}

/** Reading and writing by index. */
export const indexingKernels: KernelTable = {
  Gather: kernel(['GatherV2', 'Select'], (node) => {
    const { axis } = node.attributes as { axis: number };
    const positive = fromZero(node.inputs[1] as Tensor);
    return ({ tf, inputs }) => {
      const [x, indices] = inputs as readonly [TfTensor, TfTensor];
      return tf.gather(x, positive(tf, indices, x.shape[axis] as number) as never, axis);
    };
  }),

  GatherElements: kernel(['GatherV2', 'Select'], (node) => {
    const { axis } = node.attributes as { axis: number };
    const positive = fromZero(node.inputs[1] as Tensor);
    return ({ tf, inputs, shape }) => {
      const [x, indices] = inputs as readonly [TfTensor, TfTensor];
      const places = flatPlaces(tf, positive(tf, indices, x.shape[axis] as number), x.shape, axis);
      return tf.reshape(tf.gather(tf.reshape(x, [-1]), places as never), [...shape]);
    };
  }),

  GatherND: kernel(['GatherNd', 'Select'], (node) => {
    const positive = fromZero(node.inputs[1] as Tensor);
    return ({ tf, inputs }) => {
      const [x, indices] = inputs as readonly [TfTensor, TfTensor];
      return tf.gatherND(x, positive(tf, indices, x.shape.slice(0, indices.shape.at(-1))));
    };
  }),

  ScatterElements: kernel(['ScatterNd', 'TensorScatterUpdate', 'Select'], (node) => {
    const { axis } = node.attributes as { axis: number };
    const positive = fromZero(node.inputs[1] as Tensor);
    const put = scatter(node);
    return ({ tf, inputs, shape }) => {
      const [x, indices, updates] = inputs as readonly [TfTensor, TfTensor, TfTensor];
      const places = flatPlaces(tf, positive(tf, indices, x.shape[axis] as number), x.shape, axis);
      const flat = put(tf, tf.reshape(x, [-1]), tf.reshape(places, [-1, 1]), tf.reshape(updates, [-1]));
      return tf.reshape(flat, [...shape]);
    };
  }),

  ScatterND: kernel(['ScatterNd', 'TensorScatterUpdate', 'Select'], (node) => {
    const positive = fromZero(node.inputs[1] as Tensor);
    const put = scatter(node);
    return ({ tf, inputs }) => {
      const [x, indices, updates] = inputs as readonly [TfTensor, TfTensor, TfTensor];
      const depth = indices.shape.at(-1) as number;
      const places = positive(tf, indices, x.shape.slice(0, depth));
      return put(tf, x, tf.reshape(places, [-1, depth]), tf.reshape(updates, [-1, ...x.shape.slice(depth)]));
    };
  }),

  OneHot: kernel(['OneHot', 'Select'], (node) => {
    const positive = fromZero(node.inputs[0] as Tensor);
    return ({ tf, inputs, shape }) => {
      const [indices, , values] = inputs as readonly [TfTensor, TfTensor, TfTensor];
      const depth = shape.at(-1) as number;
      const hot = tf.oneHot(positive(tf, indices, depth), depth, 1, 0, 'int32');
      const [off, on] = [tf.slice(values, [0], [1]), tf.slice(values, [1], [1])];
      return tf.where(tf.greater(hot, tf.scalar(0, 'int32')), on, off);
    };
  }),
};
