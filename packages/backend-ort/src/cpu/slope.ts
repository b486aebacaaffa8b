import { clip, constantValue, mul, sameShape, type Tensor } from '@ganymede/tensor';
import { broadcastable, commonOrder } from './elementwise.js';
import { laid } from './layout.js';
import { elements, type Rule } from './rule.js';
import { isPrivateProduct, scaledProduct } from './scaled-product.js';

/** Times this, every normal positive float32 is above 1. */
export const HUGE = 3e38;

/** A power of two that gradients leave room for; what is below one over it counts as 0. */
const SCALE = 2 ** 80;
/** Smaller tensors are left as they are. */
export const LARGE = 4096;

/** Whether `x` is the constant `wanted`. */
export const isNumber = (x: Tensor | undefined, wanted: number): boolean =>
  x !== undefined && x.rank === 0 && Number(constantValue(x)?.data[0]) === wanted;

/** The slope of `where(x > 0, g, slope * g)`, if `other` is that third operand. */
function slopeOf(other: Tensor, g: Tensor): number | undefined {
  if (isNumber(other, 0)) return 0;
  if (other.operator.name !== 'Mul' || other.inputs[0] !== g) return undefined;
  const slope = constantValue(other.inputs[1] as Tensor);
  return slope?.data.length === 1 && Number(slope.data[0]) <= 1 ? Number(slope.data[0]) : undefined;
}

/**
 * The gradient of ReLU and leaky ReLU, `where(x > 0, g, slope * g)`, as `g * clip(huge * x, slope, 1)`: the same numbers
 * (but for denormal `x`) by operators that ONNX Runtime vectorises; its Where does not. Where `g` comes from a product, the
 * scale goes there: `(scale * g) * clip(x, slope / scale, 1 / scale)` passes over memory once less.
 */
export const rectifierGradient: Rule = (node, book) => {
  if (node.operator.name !== 'Where' || node.dtype !== 'float32' || elements(node) < LARGE) return undefined;
  const [condition, g, other] = node.inputs as readonly [Tensor, Tensor, Tensor];
  const [x, zero] = condition.inputs;
  if (condition.operator.name !== 'Greater' || x === undefined || !isNumber(zero, 0)) return undefined;
  const slope = slopeOf(other, g);
  if (slope === undefined || !sameShape(x.shape, node.shape)) return undefined;
  const order = commonOrder(node, [x, g], book);
  const [before, gradient] = [book.get(x, order), broadcastable(g, node.rank, order, book)];
  const scaled = isPrivateProduct(g, slope === 0 ? 1 : 2, book) ? scaledProduct(gradient, SCALE) : undefined;
  if (scaled !== undefined) return laid(mul(scaled, clip(before, slope / SCALE, 1 / SCALE)), order);
  return laid(mul(gradient, clip(mul(before, HUGE), slope, 1)), order);
};
