import { type KernelTable, kernel } from '../kernel.js';
import type { Tfjs, TfTensor } from '../tfjs.js';

/** A batched product; whole numbers are multiplied as float32, exact as long as sums stay below 2^24. */
function product(tf: Tfjs, a: TfTensor, b: TfTensor, transposeA = false, transposeB = false): TfTensor {
  if (a.dtype === 'float32') return tf.matMul(a, b, transposeA, transposeB);
  const real = tf.matMul(tf.cast(a, 'float32'), tf.cast(b, 'float32'), transposeA, transposeB);
  return tf.cast(real, a.dtype);
}

/** The leading axes that both operands get. */
const leading = (a: TfTensor, b: TfTensor, shape: readonly number[]): boolean =>
  a.shape.slice(0, -2).join() === shape.slice(0, -2).join() &&
  b.shape.slice(0, -2).join() === shape.slice(0, -2).join();

/** Products of matrices. */
export const productKernels: KernelTable = {
  MatMul: kernel(['BatchMatMul', 'Tile'], () => ({ tf, inputs, shape }) => {
    const [a, b] = inputs as readonly [TfTensor, TfTensor];
    if (a.size === 0) return tf.zeros([...shape], a.dtype);
    if (leading(a, b, shape)) return product(tf, a, b);
    const lead = shape.slice(0, -2);
    const spread = (x: TfTensor): TfTensor => tf.broadcastTo(x, [...lead, ...x.shape.slice(-2)] as never);
    return product(tf, spread(a), spread(b));
  }),

  Gemm: kernel(['BatchMatMul', 'Add'], ({ attributes }) => {
    const { transA, transB } = attributes as { transA: 0 | 1; transB: 0 | 1 };
    return ({ tf, inputs, shape }) => {
      const [a, b, bias] = inputs as readonly [TfTensor, TfTensor, TfTensor?];
      // Sums of nothing.
      const result =
        a.size === 0 ? tf.zeros([...shape], a.dtype) : product(tf, a, b, transA === 1, transB === 1);
      return bias === undefined ? result : tf.add(result, bias);
    };
  }),
};
