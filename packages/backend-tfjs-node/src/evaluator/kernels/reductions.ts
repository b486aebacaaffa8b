import { type KernelTable, kernel, type TfjsKernel } from '../kernel.js';
import type { Tfjs, TfTensor } from '../tfjs.js';

type Reduce = (tf: Tfjs, x: TfTensor, axes: number[], keepDims: boolean) => TfTensor;

/** `empty` is what a reduction of no elements gives, where the kernels of TensorFlow.js disagree. */
const reduction = (name: string, empty: number, run: Reduce): TfjsKernel =>
  kernel([name], ({ attributes }) => {
    const { axes, keepdims } = attributes as { axes: readonly number[]; keepdims: 0 | 1 };
    return ({ tf, inputs: [x], shape }) =>
      (x as TfTensor).size === 0
        ? tf.fill([...shape], empty, (x as TfTensor).dtype as 'float32')
        : run(tf, x as TfTensor, [...axes], keepdims === 1);
  });

/** The place of the first extreme, or with `select_last_index` of the last one, which is the first from the other end. */
const position = (name: string, run: (tf: Tfjs, x: TfTensor, axis: number) => TfTensor): TfjsKernel =>
  kernel([name, 'Reverse'], ({ attributes }) => {
    const { axis, select_last_index: last } = attributes as { axis: number; select_last_index?: 0 | 1 };
    return ({ tf, inputs, shape }) => {
      const [x] = inputs as readonly [TfTensor];
      if (last !== 1) return tf.reshape(run(tf, x, axis), [...shape]);
      const fromEnd = tf.reshape(run(tf, tf.reverse(x, axis), axis), [...shape]);
      return tf.sub(tf.scalar((x.shape[axis] as number) - 1, 'int32'), fromEnd);
    };
  });

/** Many numbers to one, running sums, and the softmax family. */
export const reductionKernels: KernelTable = {
  ReduceMax: reduction('Max', -Infinity, (tf, x, axes, keepDims) => tf.max(x, axes, keepDims)),
  ReduceMean: reduction('Mean', Number.NaN, (tf, x, axes, keepDims) => tf.mean(x, axes, keepDims)),
  ReduceMin: reduction('Min', Infinity, (tf, x, axes, keepDims) => tf.min(x, axes, keepDims)),
  ReduceProd: reduction('Prod', 1, (tf, x, axes, keepDims) => tf.prod(x, axes, keepDims)),
  ReduceSum: reduction('Sum', 0, (tf, x, axes, keepDims) => tf.sum(x, axes, keepDims)),
  ArgMax: position('ArgMax', (tf, x, axis) => tf.argMax(x, axis)),
  ArgMin: position('ArgMin', (tf, x, axis) => tf.argMin(x, axis)),

  CumSum: kernel(['Cumsum'], ({ attributes }) => {
    const { axis, exclusive, reverse } = attributes as { axis: number; exclusive: 0 | 1; reverse: 0 | 1 };
    return ({ tf, inputs: [x] }) => tf.cumsum(x as TfTensor, axis, exclusive === 1, reverse === 1);
  }),

  Softmax: kernel(['Max', 'Sub', 'Exp', 'Sum', 'RealDiv', 'Softmax'], (node) => {
    const { axis } = node.attributes as { axis: number };
    if (axis === node.rank - 1) return ({ tf, inputs: [x] }) => tf.softmax(x as TfTensor);
    return ({ tf, inputs: [x] }) => {
      const powers = tf.exp(shifted(tf, x as TfTensor, axis));
      return tf.div(powers, tf.sum(powers, axis, true));
    };
  }),

  LogSoftmax: kernel(['Max', 'Sub', 'Exp', 'Sum', 'Log'], ({ attributes }) => {
    const { axis } = attributes as { axis: number };
    return ({ tf, inputs: [x] }) => {
      const logits = shifted(tf, x as TfTensor, axis);
      return tf.sub(logits, tf.log(tf.sum(tf.exp(logits), axis, true)));
    };
  }),
};

/** Logits less the largest of their line, so that no power overflows. */
const shifted = (tf: Tfjs, x: TfTensor, axis: number): TfTensor => tf.sub(x, tf.max(x, axis, true));
