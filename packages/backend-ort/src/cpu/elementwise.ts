import { makeTensor, reshape, sameShape, type Tensor } from '@ganymede/tensor';
import type { Book } from './book.js';
import { inverse, laid, type Order, permute } from './layout.js';
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
  const operands = node.inputs.map((x) => withoutExpand(x, node));
  const order = commonOrder(node, operands, book);
  const inputs = operands.map((x) => broadcastable(x, node.rank, order, book));
  return laid(makeTensor(node.operator, inputs, node.attributes), order);
};

/** A repeated operand need not be laid out in memory where another operand has the full shape: operators broadcast. */
function withoutExpand(x: Tensor, node: Tensor): Tensor {
  if (x.operator.name !== 'Expand') return x;
  const full = (y: Tensor) => y !== x && y.operator.name !== 'Expand' && sameShape(y.shape, node.shape);
  return node.inputs.some(full) ? (x.inputs[0] as Tensor) : x;
}

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
