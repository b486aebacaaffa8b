import { type Rewrite, withInputs } from '../../graph/rewrite.js';
import { neg } from '../../operators/neg.js';
import { reshape } from '../../operators/reshape.js';
import { squeeze } from '../../operators/squeeze.js';

const REDUCTIONS = new Set(['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceProd']);

const LINEAR = new Set(['ReduceSum', 'ReduceMean']);

/** A reduction over axes of size 1 is its input, reshaped; the sum of what is negated is negated afterwards. */
export const simplifyReductions: Rewrite = (node) => {
  const [x] = node.inputs;
  if (x === undefined || !REDUCTIONS.has(node.operator.name)) return node;
  if (x.operator.name === 'Neg' && LINEAR.has(node.operator.name)) {
    return neg(withInputs(node, x.inputs));
  }
  const axes = node.attributes.axes as readonly number[];
  if (!axes.every((axis) => x.shape[axis] === 1)) return node;
  return node.attributes.keepdims === 1 ? reshape(x, node.shape) : squeeze(x, axes);
};
