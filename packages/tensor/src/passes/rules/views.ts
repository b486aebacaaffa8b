import { isFloating } from '../../dtype.js';
import type { Rewrite } from '../../graph/rewrite.js';
import { expand } from '../../operators/expand.js';
import { reshape } from '../../operators/reshape.js';
import { type Shape, sameShape } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** Operators that keep the elements and their order. */
const VIEWS = new Set(['Reshape', 'Squeeze', 'Unsqueeze']);

const isView = (x: Tensor): boolean => VIEWS.has(x.operator.name);

/** Whether a Reshape to this shape needs no sizes computed at run time. */
const isPlain = (shape: Shape): boolean => shape.filter((d) => typeof d === 'string').length <= 1;

/** One reshape for several in a row, none for one that changes nothing; the same for expand and cast. */
export const simplifyViews: Rewrite = (node) => {
  const [x] = node.inputs;
  const source = x?.inputs[0];
  if (x === undefined) return node;
  if (isView(node)) {
    if (sameShape(node.shape, x.shape)) return x;
    if (!isView(x) || source === undefined) return node;
    if (sameShape(node.shape, source.shape)) return source;
    return isPlain(node.shape) ? reshape(source, node.shape) : node;
  }
  if (node.operator.name === 'Expand') {
    if (sameShape(node.shape, x.shape)) return x;
    return x.operator.name === 'Expand' && source !== undefined ? expand(source, node.shape) : node;
  }
  // float32 -> float64 -> float32 loses nothing.
  const widened = node.operator.name === 'Cast' && x.operator.name === 'Cast' && x.dtype === 'float64';
  return widened && source?.dtype === node.dtype && isFloating(node.dtype) ? source : node;
};
