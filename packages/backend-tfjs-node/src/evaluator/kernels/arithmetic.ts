import { direct, isWhole, type KernelTable, kernel, type TfjsKernel } from '../kernel.js';
import type { Tfjs, TfTensor } from '../tfjs.js';

type BinaryFunction = (tf: Tfjs, a: TfTensor, b: TfTensor) => TfTensor;

const binary = (name: string, run: BinaryFunction): TfjsKernel =>
  direct([name], (tf, ...[a, b]) => run(tf, a as TfTensor, b as TfTensor));

/** A function of two numbers; the result of uint8 operands is brought back into their range, as it wraps around. */
const arithmetic = (name: string, run: BinaryFunction): TfjsKernel =>
  kernel([name], ({ dtype }) => ({ tf, inputs: [a, b] }) => {
    const result = run(tf, a as TfTensor, b as TfTensor);
    return dtype === 'uint8' ? tf.mod(result, tf.scalar(256, 'int32')) : result;
  });

/** A comparison; booleans are compared as 0 and 1. */
const comparison = (name: string, run: BinaryFunction): TfjsKernel =>
  kernel([name, 'Cast'], (node) => {
    const ofBooleans = node.inputs[0]?.dtype === 'bool';
    return ({ tf, inputs }) => {
      const [a, b] = ofBooleans ? inputs.map((x) => tf.cast(x, 'int32')) : inputs;
      return run(tf, a as TfTensor, b as TfTensor);
    };
  });

/** Magnitude and sign apart: what TensorFlow rounds down is cut towards zero then. */
const withSigns = (tf: Tfjs, magnitude: TfTensor, ...signs: TfTensor[]): TfTensor =>
  signs.reduce(
    (product, x) =>
      tf.mul(product, tf.sub(tf.cast(tf.greaterEqual(x, 0), x.dtype), tf.cast(tf.less(x, 0), x.dtype))),
    magnitude,
  );

/** Functions of two numbers, element by element, with broadcasting. */
export const arithmeticKernels: KernelTable = {
  Add: arithmetic('Add', (tf, a, b) => tf.add(a, b)),
  Sub: arithmetic('Sub', (tf, a, b) => tf.sub(a, b)),
  Mul: arithmetic('Multiply', (tf, a, b) => tf.mul(a, b)),
  Pow: arithmetic('Pow', (tf, a, b) => tf.pow(a, b)),
  Max: binary('Maximum', (tf, a, b) => tf.maximum(a, b)),
  Min: binary('Minimum', (tf, a, b) => tf.minimum(a, b)),

  Div: kernel(['RealDiv', 'FloorDiv'], (node) => {
    if (!isWhole(node.dtype)) return ({ tf, inputs: [a, b] }) => tf.div(a as TfTensor, b as TfTensor);
    return ({ tf, inputs }) => {
      const [a, b] = inputs as readonly [TfTensor, TfTensor];
      return withSigns(tf, tf.floorDiv(tf.abs(a), tf.abs(b)), a, b);
    };
  }),

  Mod: kernel(['Mod'], (node) => {
    if (node.attributes.fmod !== 1) return ({ tf, inputs: [a, b] }) => tf.mod(a as TfTensor, b as TfTensor);
    return ({ tf, inputs }) => {
      const [a, b] = inputs as readonly [TfTensor, TfTensor];
      return withSigns(tf, tf.mod(tf.abs(a), tf.abs(b)), a);
    };
  }),

  Equal: comparison('Equal', (tf, a, b) => tf.equal(a, b)),
  Greater: comparison('Greater', (tf, a, b) => tf.greater(a, b)),
  GreaterOrEqual: comparison('GreaterEqual', (tf, a, b) => tf.greaterEqual(a, b)),
  Less: comparison('Less', (tf, a, b) => tf.less(a, b)),
  LessOrEqual: comparison('LessEqual', (tf, a, b) => tf.lessEqual(a, b)),
  And: binary('LogicalAnd', (tf, a, b) => tf.logicalAnd(a, b)),
  Or: binary('LogicalOr', (tf, a, b) => tf.logicalOr(a, b)),

  Where: direct(['Select'], (tf, ...[condition, a, b]) =>
    tf.where(condition as TfTensor, a as TfTensor, b as TfTensor),
  ),
};
