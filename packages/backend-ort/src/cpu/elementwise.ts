import { type Dim, makeTensor, reshape, sameShape, sizeOf, type Tensor, tile } from '@ganymede/tensor';
import type { Book } from './book.js';
import { inverse, laid, type Order, permute, storedShape } from './layout.js';
import type { Rule } from './rule.js';

const operators = new Set([
  ...[
    'Add',
    'Sub',
    'Mul',
    'Div',
    'Pow',
    'Mod',
    'Min',
    'Max',
    'Equal',
    'Greater',
    'GreaterOrEqual',
    'Less',
    'LessOrEqual',
  ],
  ...[
    'And',
    'Or',
    'Not',
    'Where',
    'Cast',
    'Neg',
    'Abs',
    'Sign',
    'Exp',
    'Log',
    'Sqrt',
    'Reciprocal',
    'Sin',
    'Cos',
    'Tanh',
  ],
  ...[
    'Sigmoid',
    'Softplus',
    'Relu',
    'LeakyRelu',
    'PRelu',
    'Elu',
    'Erf',
    'Floor',
    'Ceil',
    'Round',
    'Clip',
    'Identity',
    'IsNaN',
  ],
  'StopGradient',
]);

/** Computes elementwise operators in the order that their operands already have in memory. */
export const elementwise: Rule = (node, book) => {
  if (!operators.has(node.operator.name)) return undefined;
  const order = commonOrder(node, node.inputs, book);
  const shape = storedShape(node.shape, order);
  const inputs = node.inputs.map((x) => inRows(broadcastable(x, node.rank, order, book), shape));
  return laid(makeTensor(node.operator, inputs, node.attributes), order);
};

/** The order that moves the fewest operands of full size; a changed order wins ties, as products want it downstream. */
export function commonOrder(node: Tensor, operands: readonly Tensor[], book: Book): Order {
  const orders = operands.filter((x) => sameShape(x.shape, node.shape)).map((x) => book.laidOut(x).order);
  const changed = orders.filter((order) => order !== undefined);
  return 2 * changed.length >= orders.length ? changed[0] : undefined;
}

/** The operand under `order`, however many leading axes it leaves to broadcasting. */
export function broadcastable(x: Tensor, rank: number, order: Order, book: Book): Tensor {
  if (x.rank === rank) return book.get(x, order);
  const plain = book.get(x);
  if (order === undefined || x.rank === 0) return plain;
  const leading = new Array<number>(rank - x.rank).fill(1);
  return permute(reshape(plain, [...leading, ...x.shape]), inverse(order));
}

/** Up to this many numbers per channel are repeated for a whole row of pixels, in tensors of this many elements. */
const SHORT = 256;
const LARGE = 2 ** 16;

/**
 * One number per channel, repeated for a row of pixels: operators take up a broadcast operand anew for each of its
 * repetitions, which costs as much as the arithmetic where channels are few and last.
 */
function inRows(x: Tensor, shape: readonly Dim[]): Tensor {
  const channels = x.shape.at(-1);
  const perChannel = x.rank > 2 && x.shape.slice(0, -1).every((d) => d === 1) && channels === shape.at(-1);
  if (!perChannel || channels === 1 || Number(channels) > SHORT || sizeOf(shape) < LARGE) return x;
  return tile(
    x,
    x.shape.map((_, axis) => (axis === x.rank - 2 ? Number(shape.at(-2)) : 1)),
  );
}
