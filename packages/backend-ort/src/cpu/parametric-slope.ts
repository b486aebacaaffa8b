import { clip, minimum, mul, relu, reshape, sameShape, sub, type Tensor } from '@ganymede/tensor';
import type { Book } from './book.js';
import { broadcastable, commonOrder } from './elementwise.js';
import { laid, type Order } from './layout.js';
import { elements, type Rule } from './rule.js';
import { HUGE, isNumber, LARGE } from './slope.js';

/** A slope as it broadcasts to tensors of `rank` axes that lie under `order`. */
const slopeUnder = (slope: Tensor, rank: number, order: Order, book: Book): Tensor =>
  elements(slope) === 1 ? reshape(book.get(slope), []) : broadcastable(slope, rank, order, book);

/** What PRelu and its gradients are, and what they read. */
interface Form {
  readonly images: readonly Tensor[];
  readonly slope?: Tensor;
  build(images: readonly Tensor[], slope: Tensor): Tensor;
}

function formOf(node: Tensor): Form | undefined {
  const [first, second, third] = node.inputs as readonly [Tensor, Tensor, Tensor];
  if (node.operator.name === 'PRelu') {
    return {
      images: [first],
      slope: second,
      build: ([x], slope) => relu(x as Tensor).add(mul(minimum(x as Tensor, 0), slope)),
    };
  }
  const [x, zero] = first?.inputs ?? [];
  if (node.operator.name !== 'Where' || first.operator.name !== 'Greater' || x === undefined)
    return undefined;
  if (!isNumber(zero, 0) || third.operator.name !== 'Mul') return undefined;
  const [g, by] = third.inputs as readonly [Tensor, Tensor];
  if (isNumber(second, 0) && by === x) {
    return { images: [g, x], build: ([dy, at]) => mul(dy as Tensor, minimum(at as Tensor, 0)) };
  }
  if (second !== g) return undefined;
  return {
    images: [g, x],
    slope: by,
    build: ([dy, at], slope) => {
      const positive = clip(mul(at as Tensor, HUGE), 0, 1);
      return mul(dy as Tensor, positive.mul(sub(1, slope)).add(slope));
    },
  };
}

/**
 * PRelu as `max(x, 0) + slope * min(x, 0)`, and its gradients without a selection: ONNX Runtime's kernels for PRelu and Where
 * branch on every element, which costs four times as much where signs are mixed.
 */
export const parametricRectifier: Rule = (node, book) => {
  if (node.dtype !== 'float32' || elements(node) < LARGE) return undefined;
  const form = formOf(node);
  if (form === undefined || !form.images.every((x) => sameShape(x.shape, node.shape))) return undefined;
  const order = commonOrder(node, form.images, book);
  const images = form.images.map((x) => book.get(x, order));
  const slope = form.slope === undefined ? node : slopeUnder(form.slope, node.rank, order, book);
  return laid(form.build(images, slope), order);
};
