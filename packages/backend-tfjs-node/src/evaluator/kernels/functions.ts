import { direct, isWhole, type KernelTable, kernel, type TfjsKernel } from '../kernel.js';
import type { Tfjs, TfTensor } from '../tfjs.js';

/** A function of one real number. */
const real = (name: string, run: (tf: Tfjs, x: TfTensor) => TfTensor): TfjsKernel =>
  direct([name], (tf, ...[x]) => run(tf, x as TfTensor));

/** A bound as whole numbers can have it. */
const whole = (bound: number): number => Math.min(Math.max(bound, -(2 ** 31)), 2 ** 31 - 1);

/** Functions of one number, element by element. */
export const functionKernels: KernelTable = {
  Abs: real('Abs', (tf, x) => tf.abs(x)),
  Acos: real('Acos', (tf, x) => tf.acos(x)),
  Acosh: real('Acosh', (tf, x) => tf.acosh(x)),
  Asin: real('Asin', (tf, x) => tf.asin(x)),
  Asinh: real('Asinh', (tf, x) => tf.asinh(x)),
  Atan: real('Atan', (tf, x) => tf.atan(x)),
  Atanh: real('Atanh', (tf, x) => tf.atanh(x)),
  Ceil: real('Ceil', (tf, x) => tf.ceil(x)),
  Cos: real('Cos', (tf, x) => tf.cos(x)),
  Cosh: real('Cosh', (tf, x) => tf.cosh(x)),
  Erf: real('Erf', (tf, x) => tf.erf(x)),
  Exp: real('Exp', (tf, x) => tf.exp(x)),
  Floor: real('Floor', (tf, x) => tf.floor(x)),
  IsNaN: real('IsNan', (tf, x) => tf.isNaN(x)),
  Log: real('Log', (tf, x) => tf.log(x)),
  Neg: real('Neg', (tf, x) => tf.neg(x)),
  Not: real('LogicalNot', (tf, x) => tf.logicalNot(x)),
  Reciprocal: real('Reciprocal', (tf, x) => tf.reciprocal(x)),
  Relu: real('Relu', (tf, x) => tf.relu(x)),
  Round: real('Round', (tf, x) => tf.round(x)),
  Sigmoid: real('Sigmoid', (tf, x) => tf.sigmoid(x)),
  // Kernels disagree on NaN and on numbers next to 0.
  Sign: kernel(['Greater', 'Less', 'Sub', 'Cast', 'Select', 'IsNan'], (node) => ({ tf, inputs }) => {
    const [x] = inputs as readonly [TfTensor];
    const zero = tf.scalar(0, x.dtype);
    const sign = tf.sub(tf.cast(tf.greater(x, zero), x.dtype), tf.cast(tf.less(x, zero), x.dtype));
    return isWhole(node.dtype) ? sign : tf.where(tf.isNaN(x), x, sign);
  }),
  Sin: real('Sin', (tf, x) => tf.sin(x)),
  Sinh: real('Sinh', (tf, x) => tf.sinh(x)),
  Softplus: real('Softplus', (tf, x) => tf.softplus(x)),
  Sqrt: real('Sqrt', (tf, x) => tf.sqrt(x)),
  Tan: real('Tan', (tf, x) => tf.tan(x)),
  Tanh: real('Tanh', (tf, x) => tf.tanh(x)),

  Clip: kernel(['Minimum', 'Maximum'], (node) => {
    const { min, max } = node.attributes as { min: number; max: number };
    const bound = isWhole(node.dtype) ? whole : (x: number) => x;
    return ({ tf, inputs: [x] }) => {
      const low = min === -Infinity ? x : tf.maximum(x as TfTensor, tf.scalar(bound(min), x?.dtype));
      return max === Infinity
        ? (low as TfTensor)
        : tf.minimum(low as TfTensor, tf.scalar(bound(max), x?.dtype));
    };
  }),

  Elu: kernel(['Elu', 'Select', 'Less'], (node) => {
    const { alpha } = node.attributes as { alpha: number };
    return ({ tf, inputs: [x] }) => {
      const y = tf.elu(x as TfTensor);
      return alpha === 1 ? y : tf.where(tf.less(y, 0), tf.mul(y, alpha), y);
    };
  }),

  LeakyRelu: kernel(['LeakyRelu', 'Select', 'Less'], (node) => {
    const { alpha } = node.attributes as { alpha: number };
    // TensorFlow takes the larger of x and alpha * x, which is another function where alpha is above 1.
    if (alpha > 1)
      return ({ tf, inputs: [x] }) =>
        tf.where(tf.less(x as TfTensor, 0), tf.mul(x as TfTensor, alpha), x as TfTensor);
    return ({ tf, inputs: [x] }) => tf.leakyRelu(x as TfTensor, alpha);
  }),

  Cast: kernel(['Cast', 'NotEqual'], (node) => {
    const { dtype } = node;
    if (dtype === 'bool') return ({ tf, inputs: [x] }) => tf.notEqual(tf.cast(x as TfTensor, 'float32'), 0);
    if (dtype === 'uint8')
      return ({ tf, inputs: [x] }) => tf.mod(tf.cast(x as TfTensor, 'int32'), tf.scalar(256, 'int32'));
    const to = isWhole(dtype) ? 'int32' : 'float32';
    return ({ tf, inputs: [x] }) => tf.cast(x as TfTensor, to);
  }),
};
