import { GanymedeError } from '../../error.js';
import { constant } from '../../operators/constant.js';
import { expand } from '../../operators/expand.js';
import { reshape } from '../../operators/reshape.js';
import { split } from '../../operators/split.js';
import { type Dim, normalizeAxis, productOf } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { valueOf } from '../../value.js';
import type { ImportedNode } from '../imported-operators.js';

/** Reshape: a 0 copies the input's dimension unless `allowzero` is 1. */
export function reshapeNode(node: ImportedNode): Tensor {
  const x = node.input(0);
  const copies = node.number('allowzero', 0) === 0;
  return reshape(
    x,
    node.shape(1).map((d, i): Dim => (d === 0 && copies ? (x.shape[i] ?? d) : d)),
  );
}

/** Split into given sizes, or into as many parts as there are outputs, of which the last may be smaller (opset 18). */
export function splitNode(node: ImportedNode): readonly Tensor[] {
  const x = node.input(0);
  const axis = normalizeAxis(node.number('axis', 0), x.rank, 'Split');
  const sizes = node.ints(1);
  const parts = node.number('num_outputs', node.outputCount);
  if ((sizes?.length ?? parts) !== node.outputCount) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `Split: ${sizes?.length ?? parts} parts do not fit ${node.outputCount} outputs`,
    });
  }
  if (sizes !== undefined) return split(x, sizes, axis);
  const d = Number(x.shape[axis]);
  const size = Math.ceil(d / parts);
  const even = Array.from({ length: parts }, (_, i) => Math.min(size, d - i * size));
  return split(x, even, axis);
}

export function constantOfShape(node: ImportedNode): Tensor {
  const fill = node.value('value') ?? valueOf([0]);
  return expand(reshape(constant(fill), []), node.shape(0));
}

export function flattenNode(node: ImportedNode): Tensor {
  const x = node.input(0);
  const from = node.number('axis', 1);
  const axis = from < 0 ? from + x.rank : from;
  return reshape(x, [productOf(x.shape.slice(0, axis)), productOf(x.shape.slice(axis))]);
}
