import { GanymedeError } from '../../error.js';
import { constantNumber } from '../../operators/constant.js';
import { range } from '../../operators/range.js';
import type { Tensor } from '../../tensor.js';
import type { ImportedNode } from '../imported-operators.js';

/** Range of bounds that are known while decoding: the language knows every size. */
export function rangeNode(node: ImportedNode): Tensor {
  const [start, end, step] = [0, 1, 2].map((i) => constantNumber(node.input(i)));
  if (start !== undefined && end !== undefined && step !== undefined)
    return range(start, end, step, node.input(0).dtype);
  throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', {
    message: 'operator Range has bounds that are computed while the graph runs',
    hint: 'export the model with fixed sizes',
    data: { operator: 'Range' },
  });
}
