import type { Dtype } from '../dtype.js';
import { defineOperator } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { type Value, valueOf } from '../value.js';

/**
 * A tensor whose elements are fixed when the program is written: a number, a list (one dimension), or a value of any shape.
 *
 * `dtype` applies to numbers and lists (default float32). Do not change a value's data afterwards. ONNX: an initializer.
 */
export function constant(elements: Value | number | readonly number[], dtype: Dtype = 'float32'): Tensor {
  const value =
    typeof elements === 'number' || !('dtype' in elements) ? valueOf(elements, undefined, dtype) : elements;
  return makeTensor(constantOperator, [], { value });
}

interface ConstantAttributes {
  readonly [key: string]: Value;
  readonly value: Value;
}

export const constantOperator = defineOperator<ConstantAttributes, readonly []>({
  name: 'Constant',
  infer: (_, { value }) => ({ dtype: value.dtype, shape: value.shape }),
  evaluate: (_, { value }) => value.data,
  onnx: {},
});

/** The value of a constant, undefined for any other tensor. */
export const constantValue = (x: Tensor): Value | undefined =>
  // The attributes of a tensor are untyped; its operator says what they are.
  x.operator.name === 'Constant' ? (x.attributes.value as Value) : undefined;

/** The number that every element of `x` is known to be: a constant of one element, expanded, cast or reshaped at will. */
export function constantNumber(x: Tensor): number | undefined {
  let source = x;
  while (source.operator.name === 'Expand' || source.operator.name === 'Reshape') {
    source = source.inputs[0] ?? source;
  }
  const value = constantValue(source);
  return value?.data.length === 1 ? Number(value.data[0]) : undefined;
}
