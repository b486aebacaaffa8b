import { type KernelTable, kernel, type TfjsKernel } from '../kernel.js';
import type { Tfjs, TfTensor } from '../tfjs.js';

type Reduce = (tf: Tfjs, x: TfTensor, axes: number[], keepDims: boolean) => TfTensor;

const reduction = (name: string, run: Reduce): TfjsKernel =>
  kernel([name], ({ attributes }) => {
    const { axes, keepdims } = attributes as { axes: readonly number[]; keepdims: 0 | 1 };
    return ({ tf, inputs: [x] }) => run(tf, x as TfTensor, [...axes], keepdims === 1);
  });

const position = (name: string, run: (tf: Tfjs, x: TfTensor, axis: number) => TfTensor): TfjsKernel =>
  kernel([name], ({ attributes }) => {
    const { axis } = attributes as { axis: number };
    return ({ tf, inputs: [x], shape }) => tf.reshape(run(tf, x as TfTensor, axis), [...shape]);
  });

/** Many numbers to one, running sums, and the softmax family. */
export const reductionKernels: KernelTable = {
  ReduceMax: reduction('Max', (tf, x, axes, keepDims) => tf.max(x, axes, keepDims)),
  ReduceMean: reduction('Mean', (tf, x, axes, keepDims) => tf.mean(x, axes, keepDims)),
  ReduceMin: reduction('Min', (tf, x, axes, keepDims) => tf.min(x, axes, keepDims)),
  ReduceProd: reduction('Prod', (tf, x, axes, keepDims) => tf.prod(x, axes, keepDims)),
  ReduceSum: reduction('Sum', (tf, x, axes, keepDims) => tf.sum(x, axes, keepDims)),
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
