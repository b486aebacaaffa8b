import { type Rewrite, withInputs } from '../../graph/rewrite.js';
import { expand } from '../../operators/expand.js';
import { broadcastShapes, sameShape, type Shape } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** Operators that broadcast their operands. */
const BROADCASTING = new Set([
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
  'And',
  'Or',
  'Xor',
  'BitShift',
  'Sum',
  'Mean',
  'Where',
]);

export const isBroadcasting = (x: Tensor): boolean => BROADCASTING.has(x.operator.name);

/** Hands on the input of an Expand where the operator broadcasts it to the same result itself, without a copy. */
export const dropExpands: Rewrite = (node) => {
  if (!isBroadcasting(node) || !node.inputs.some((x) => x.operator.name === 'Expand')) return node;
  const inputs = [...node.inputs];
  node.inputs.forEach((x, i) => {
    const source = x.inputs[0];
    if (x.operator.name !== 'Expand' || source === undefined) return;
    const shapes = inputs.map((other, k) => (k === i ? source.shape : other.shape));
    const shape = shapes.reduce<Shape>((a, b) => broadcastShapes(a, b, node.operator.name), []);
    if (sameShape(shape, node.shape)) inputs[i] = source;
  });
  return withInputs(node, inputs);
};

/** What is computed from repeated operands and scalars only is computed once and repeated then. */
export const hoistExpands: Rewrite = (node) => {
  if (!isBroadcasting(node) && node.operator.name !== 'Neg') return node;
  const isExpand = (x: Tensor) => x.operator.name === 'Expand' && sameShape(x.shape, node.shape);
  if (!node.inputs.some(isExpand) || !node.inputs.every((x) => x.rank === 0 || isExpand(x))) return node;
  const sources = node.inputs.map((x) => (isExpand(x) ? (x.inputs[0] as Tensor) : x));
  return expand(withInputs(node, sources), node.shape);
};
