import { cast, input, isFloating, makeTensor, type Tensor, vjp } from '@ganymede/tensor';
import { attributesOf } from '../kernel.js';
import type { Composition } from './compositions.js';

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
  return (
    mode === 'nearest' &&
    place === 'asymmetric' &&
    rounding === 'floor' &&
    Array.isArray(scales) &&
    scales.every(Number.isInteger)
  );
}

/**
 * Resizing as a product with the weights of each axis. It is linear, and its gradient is written as products with the transposed
 * weights; the gradient of that gradient is resizing again. The sizes must be known.
 */
export const resizeAsProducts: Composition = (node) => {
  if (isRepetition(node)) return undefined;
  const x = node.inputs[0] as Tensor;
  if (!isFloating(x.dtype)) {
    const real = resizeAsProducts(withInput(node, cast(x, 'float32')));
    return real && cast(real, node.dtype);
  }
  const g = input('g', node.shape, node.dtype);
  const [transposed] = vjp([node], [x], [g]) as readonly [Tensor];
  return (vjp([transposed], [g], [x]) as readonly [Tensor])[0];
};

const withInput = (node: Tensor, x: Tensor): Tensor => makeTensor(node.operator, [x], node.attributes);
