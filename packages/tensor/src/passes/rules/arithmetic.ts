import type { Rewrite } from '../../graph/rewrite.js';
import { add } from '../../operators/add.js';
import { constantNumber } from '../../operators/constant.js';
import { mul } from '../../operators/mul.js';
import { neg } from '../../operators/neg.js';
import { sub } from '../../operators/sub.js';
import { sameShape } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

type Rule = (node: Tensor, a: Tensor, b: Tensor) => Tensor | undefined;

const negated = (x: Tensor): Tensor | undefined => (x.operator.name === 'Neg' ? x.inputs[0] : undefined);

/** `x` if the result has its shape: a scalar broadcast by the other operand must stay broadcast. */
const unlessBroadcast = (node: Tensor, x: Tensor): Tensor | undefined =>
  sameShape(node.shape, x.shape) ? x : undefined;

/** Neutral elements and signs. Every rule is exact in floating point, but for the sign of a zero in `x + 0`. */
const rules: Readonly<Record<string, Rule>> = {
  Add: (node, a, b) => {
    if (constantNumber(b) === 0) return unlessBroadcast(node, a);
    if (constantNumber(a) === 0) return unlessBroadcast(node, b);
    const minusB = negated(b);
    if (minusB !== undefined) return sub(a, minusB);
    const minusA = negated(a);
    return minusA === undefined ? undefined : sub(b, minusA);
  },
  Sub: (node, a, b) => {
    if (constantNumber(b) === 0) return unlessBroadcast(node, a);
    const minusB = negated(b);
    return minusB === undefined ? undefined : add(a, minusB);
  },
  Mul: (node, a, b) => {
    for (const [x, other] of [
      [a, b],
      [b, a],
    ] as const) {
      if (constantNumber(x) === 1) return unlessBroadcast(node, other);
      if (constantNumber(x) === -1 && sameShape(node.shape, other.shape)) return neg(other);
      const positive = negated(other);
      const factor = x.operator.name === 'Constant' ? constantNumber(x) : undefined;
      if (positive !== undefined && factor !== undefined && x.rank === 0) return mul(positive, -factor);
    }
    return undefined;
  },
  Div: (node, a, b) => (constantNumber(b) === 1 ? unlessBroadcast(node, a) : undefined),
  Pow: (node, a, b) => (constantNumber(b) === 1 ? unlessBroadcast(node, a) : undefined),
};

/** Simplifies sums, products and signs with neutral or negated operands. */
export const simplifyArithmetic: Rewrite = (node) => {
  const [a, b] = node.inputs;
  if (a === undefined) return node;
  if (node.operator.name === 'Neg') return negated(a) ?? node;
  if (node.operator.name === 'Not' && a.operator.name === 'Not') return a.inputs[0] ?? node;
  const rule = rules[node.operator.name];
  return rule === undefined || b === undefined ? node : (rule(node, a, b) ?? node);
};
