import type { Dtype } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { defineOperator } from '../operator.js';
import type { Shape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';

/**
 * A tensor that is given when the program runs: data, noise, a variable, a learning rate.
 *
 * `name` is its name in feeds, in the ONNX file and in errors; two different inputs of one graph may not share it
 * (`GANYMEDE_DUPLICATE_INPUT`, when the graph is made). Dimensions may be named: `input('z', ['N', 100])`.
 */
export function input(name: string, shape: Shape, dtype: Dtype = 'float32'): Tensor {
  return makeTensor(inputOperator, [], { name, shape, dtype });
}

interface InputAttributes {
  readonly [key: string]: string | Shape;
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: Dtype;
}

export const inputOperator = defineOperator<InputAttributes, readonly []>({
  name: 'Input',
  infer: (_, { name, shape, dtype }) => {
    for (const d of shape) {
      if (typeof d === 'string' ? d === '' : !Number.isInteger(d) || d < 0) {
        throw new GanymedeError('GANYMEDE_SHAPE', {
          message: `input "${name}": ${JSON.stringify(d)} is no dimension`,
          hint: "a dimension is a whole number, or a name such as 'N' for a size known when the graph runs",
        });
      }
    }
    return { dtype, shape };
  },
  evaluate: (_, { name }) => {
    throw new GanymedeError('GANYMEDE_FEED', { message: `input "${name}" has no value` });
  },
  onnx: {},
});

/** The name of an input, undefined for any other tensor. */
export const inputName = (x: Tensor): string | undefined =>
  // The attributes of a tensor are untyped; its operator says what they are.
  x.operator.name === 'Input' ? (x.attributes.name as string) : undefined;
