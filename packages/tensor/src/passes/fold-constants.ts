import { bytesPerElement, type DataOf, type Dtype } from '../dtype.js';
import type { Graph } from '../graph/graph.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { constant, constantValue } from '../operators/constant.js';
import { isStatic, sizeOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { type Value, value } from '../value.js';

/** Options of {@link foldConstants}. */
export interface FoldOptions {
  /** A folded constant may be this many bytes larger than the constants it is computed from. @defaultValue 4096 */
  readonly growth?: number;
}

const bytesOf = (x: Tensor): number =>
  isStatic(x.shape) ? sizeOf(x.shape) * bytesPerElement(x.dtype) : Infinity;

/**
 * Computes what depends on constants only, unless the result is much larger (an expanded scalar stays an Expand).
 *
 * The reference kernels compute it, which round correctly where a backend's approximation of exp or tanh may not: folding can
 * change the last bit of such a constant.
 */
export function foldConstants(source: Graph, { growth = 4096 }: FoldOptions = {}): Graph {
  return rewriteGraph(source, (node) => {
    // An Expand is smaller than its result, and other rules see through it.
    if (node.inputs.length === 0 || node.operator.name === 'Tap' || node.operator.name === 'Expand')
      return node;
    const values: Value[] = [];
    for (const x of node.inputs) {
      const known = constantValue(x);
      if (known === undefined) return node;
      values.push(known);
    }
    const { shape, dtype } = node;
    const given = node.inputs.reduce((total, x) => total + bytesOf(x), 0);
    if (!isStatic(shape) || bytesOf(node) > given + growth) return node;
    // An operator's kernel returns data of the dtype it is asked for.
    const data = node.operator.evaluate(values, node.attributes, { dtype, shape }) as DataOf[Dtype];
    return constant(value(dtype, shape, data));
  });
}
