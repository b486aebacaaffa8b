import { constantValue, type Tensor } from '@ganymede/tensor';
import { type Binding, type KernelTable, kernel, unsupported } from '../kernel.js';
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

/** Where each element of a tensor of shape `indices` would point in the flattened `shape`, if its index along `axis` were 0. */
function basePlaces(indices: readonly number[], shape: readonly number[], axis: number): Int32Array {
  const strides = stridesOf(shape);
  let places: Int32Array = new Int32Array([0]);
  indices.forEach((d, i) => {
    const step = i === axis ? 0 : (strides[i] as number);
    const next = new Int32Array(places.length * d);
    for (let k = 0; k < places.length; k++)
      for (let j = 0; j < d; j++) next[k * d + j] = (places[k] as number) + j * step;
    places = next;
  });
  return places;
}

/** For each index, where along the flattened `shape` it points: at its own place, but for `axis`. A list. */
type FlatPlaces = (tf: Tfjs, indices: TfTensor, shape: readonly number[]) => TfTensor;

/** Keeps the part that does not depend on the indices, which is the same as long as the shapes are. */
function flatPlaces(axis: number): FlatPlaces {
  let key = '';
  let base: Int32Array = new Int32Array();
  return (tf, indices, shape) => {
    const now = `${indices.shape}|${shape}`;
    if (now !== key) base = basePlaces(indices.shape, shape, axis);
    key = now;
    const step = tf.scalar(stridesOf(shape)[axis] as number, 'int32');
    return tf.add(tf.tensor(base, [base.length], 'int32'), tf.mul(tf.reshape(indices, [base.length]), step));
  };
}

/** Whether a tensor is known to hold zeros only: adding to it needs no addition. */
function isZero(x: Tensor): boolean {
  const source = x.operator.name === 'Expand' ? (x.inputs[0] as Tensor) : x;
  return constantValue(source)?.data.every((element) => Number(element) === 0) ?? false;
}

/** Two axes in each other's place. */
const moved = (tf: Tfjs, x: TfTensor, a: number, b: number): TfTensor =>
  a === b
    ? x
    : tf.transpose(
        x,
        x.shape.map((_, i) => (i === a ? b : i === b ? a : i)),
      );

type Scatter = (tf: Tfjs, x: TfTensor, places: TfTensor, updates: TfTensor) => TfTensor;

/** Replacing, with a mask of the places that are written. */
const replaceByMask: Scatter = (tf, x, places, updates) => {
  const put = (values: TfTensor): TfTensor => tf.scatterND(places as never, values, x.shape as never);
  const written = tf.greater(put(tf.onesLike(updates)), tf.scalar(0, x.dtype));
  return tf.where(written, put(updates), x);
};

/** Puts `updates` where `places` `[count, depth]` point in a tensor like `x`, replacing or adding. */
function scatter(node: Tensor, { has }: Binding): Scatter {
  const { reduction } = node.attributes as { reduction: string };
  if (reduction === 'none') {
    const replace: Scatter = has('TensorScatterUpdate')
      ? (tf, x, places, updates) => tf.tensorScatterUpdate(x, places, updates)
      : replaceByMask;
    return (tf, x, places, updates) => (updates.size === 0 ? x : replace(tf, x, places, updates));
  }
  if (reduction !== 'add')
    throw unsupported(node, `reduction "${reduction}"`, 'scatter with reduction "none" or "add"');
  const ontoZeros = isZero(node.inputs[0] as Tensor);
  return (tf, x, places, updates) => {
    if (updates.size === 0) return x;
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
    const places = flatPlaces(axis);
    return ({ tf, inputs, shape }) => {
      const [x, indices] = inputs as readonly [TfTensor, TfTensor];
      const at = places(tf, positive(tf, indices, x.shape[axis] as number), x.shape);
      return tf.reshape(tf.gather(tf.reshape(x, [x.size]), at as never), [...shape]);
    };
  }),

  GatherND: kernel(['GatherNd', 'Select'], (node) => {
    const positive = fromZero(node.inputs[1] as Tensor);
    return ({ tf, inputs }) => {
      const [x, indices] = inputs as readonly [TfTensor, TfTensor];
      return tf.gatherND(x, positive(tf, indices, x.shape.slice(0, indices.shape.at(-1))));
    };
  }),

  ScatterElements: kernel(['ScatterNd', 'Select', 'Greater'], (node, binding) => {
    const { axis } = node.attributes as { axis: number };
    const positive = fromZero(node.inputs[1] as Tensor);
    const places = flatPlaces(axis);
    const put = scatter(node, binding);
    return ({ tf, inputs, shape }) => {
      const [x, indices, updates] = inputs as readonly [TfTensor, TfTensor, TfTensor];
      const at = places(tf, positive(tf, indices, x.shape[axis] as number), x.shape);
      const flat = put(
        tf,
        tf.reshape(x, [x.size]),
        tf.reshape(at, [at.size, 1]),
        tf.reshape(updates, [updates.size]),
      );
      return tf.reshape(flat, [...shape]);
    };
  }),

  ScatterND: kernel(['ScatterNd', 'Select', 'Greater'], (node, binding) => {
    const positive = fromZero(node.inputs[1] as Tensor);
    const put = scatter(node, binding);
    return ({ tf, inputs }) => {
      const [x, indices, updates] = inputs as readonly [TfTensor, TfTensor, TfTensor];
      const depth = indices.shape.at(-1) as number;
      const places = positive(tf, indices, x.shape.slice(0, depth));
      const count = indices.size / depth;
      return put(
        tf,
        x,
        tf.reshape(places, [count, depth]),
        tf.reshape(updates, [count, ...x.shape.slice(depth)]),
      );
    };
  }),

  TopK: kernel(['TopK', 'Transpose', 'Neg'], ({ attributes, inputs: [x] }) => {
    const { axis, k, largest } = attributes as { axis: number; k: readonly number[]; largest: 0 | 1 };
    const last = (x as Tensor).rank - 1;
    return ({ tf, inputs: [x], shape }) => {
      if (shape.includes(0)) return [tf.zeros([...shape], x?.dtype), tf.zeros([...shape], 'int32')];
      const line = moved(tf, x as TfTensor, axis, last);
      const { values, indices } = tf.topk(largest === 1 ? line : tf.neg(line), k[0] ?? 0, true);
      return [largest === 1 ? values : tf.neg(values), indices].map((y) => moved(tf, y, axis, last));
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
