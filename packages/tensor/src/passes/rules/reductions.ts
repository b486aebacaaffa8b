import type { Rewrite } from '../../graph/rewrite.js';
import { reshape } from '../../operators/reshape.js';
import { squeeze } from '../../operators/squeeze.js';

const REDUCTIONS = new Set(['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceProd']);

/** A reduction over axes of size 1 is its input, reshaped. */
export const simplifyReductions: Rewrite = (node) => {
  const [x] = node.inputs;
  if (x === undefined || !REDUCTIONS.has(node.operator.name)) return node;
  const axes = node.attributes.axes as readonly number[];
  if (!axes.every((axis) => x.shape[axis] === 1)) return node;
  return node.attributes.keepdims === 1 ? reshape(x, node.shape) : squeeze(x, axes);
};
