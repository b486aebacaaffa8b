import { cast, input, isFloating, makeTensor, type Tensor, vjp } from '@ganymede/tensor';
import { attributesOf } from '../kernel.js';
import type { Composition } from './compositions.js';

/**
 * An operator that is linear in its first input, written with those of its gradient: the gradient is the transposed map of the
 * gradient of the result, and the gradient of that map is the operator again. Sizes must be known (`GANYMEDE_NAMED_DIMENSION`).
 */
function transposedTwice(node: Tensor): Tensor {
  const x = node.inputs[0] as Tensor;
  const g = input('g', node.shape, node.dtype);
  const [transposed] = vjp([node], [x], [g]) as readonly [Tensor];
  return (vjp([transposed], [g], [x]) as readonly [Tensor])[0];
}

interface ResizeAttributes {
  readonly [name: string]: string | number | readonly number[];
  readonly mode: string;
  readonly coordinate_transformation_mode: string;
  readonly nearest_mode: string;
}

/** Whether each element is repeated a whole number of times: there is a kernel for that. */
function isRepetition(node: Tensor): boolean {
  const {
    mode,
    coordinate_transformation_mode: place,
    nearest_mode: rounding,
    scales,
  } = attributesOf<ResizeAttributes>(node);
  const plain = mode === 'nearest' && place === 'asymmetric' && rounding === 'floor';
  return plain && Array.isArray(scales) && scales.every(Number.isInteger);
}

/** Resizing as products with the weights of each axis; whole numbers, which have no gradient, as real ones. */
const resize: Composition = (node) => {
  if (isRepetition(node)) return undefined;
  if (isFloating(node.dtype)) return transposedTwice(node);
  const real = makeTensor(node.operator, [cast(node.inputs[0] as Tensor, 'float32')], node.attributes);
  return cast(transposedTwice(real), node.dtype);
};

/** Operators that pick and mix elements by weights. */
export const linearOperators: Readonly<Record<string, Composition>> = {
  GridSample: transposedTwice,
  Resize: resize,
  RoiAlign: transposedTwice,
};
