import type { Operator } from '../../operator.js';
import { logSumExp } from '../../operators/log-sum-exp.js';
import type { Tensor } from '../../tensor.js';
import type { ImportedNode } from '../imported-operators.js';
import { operators } from '../operators.js';

/** The axes of a reduction: an input since opset 18 (ReduceSum: 13), an attribute before. None: all axes. */
function axesOf(node: ImportedNode): readonly number[] | undefined {
  const axes = node.ints(1) ?? node.numbers('axes') ?? [];
  if (axes.length > 0) return axes;
  return node.number('noop_with_empty_axes', 0) === 0 ? undefined : [];
}

/** A reduction as the operator of the language that has its name. */
const reduction =
  (decode: NonNullable<Operator['onnx']['decode']>) =>
  (node: ImportedNode): Tensor | readonly Tensor[] => {
    const axes = axesOf(node);
    return decode([node.input(0)], { ...(axes && { axes }), keepdims: node.number('keepdims', 1) });
  };

/** Reductions of any opset: all operators of the language that are called Reduce…, and one composite. */
export const importedReductions = {
  ...Object.fromEntries(
    operators.flatMap(({ name, onnx }) =>
      name.startsWith('Reduce') && onnx.decode !== undefined ? [[name, reduction(onnx.decode)]] : [],
    ),
  ),
  ReduceLogSumExp: (node: ImportedNode): Tensor =>
    logSumExp(node.input(0), axesOf(node), node.number('keepdims', 1) === 1),
};
