import { decodedPooling, type PoolAttributes } from '../../operators/families/pooling.js';
import { lpPool } from '../../operators/lp-pool.js';
import type { Tensor } from '../../tensor.js';
import type { ImportedNode } from '../imported-operators.js';

/** LpPool, which has the attributes of other pooling and an exponent. */
export function lpPoolNode(node: ImportedNode): Tensor {
  const numbers = (name: 'kernel_shape' | 'strides' | 'pads') => {
    const list = node.numbers(name);
    return list === undefined ? {} : { [name]: list };
  };
  const options = decodedPooling({
    ...numbers('kernel_shape'),
    ...numbers('strides'),
    ...numbers('pads'),
    // A file's attribute of this name has no other values.
    auto_pad: node.text('auto_pad', 'NOTSET') as NonNullable<PoolAttributes['auto_pad']>,
    ceil_mode: node.number('ceil_mode', 0),
  });
  return lpPool(node.input(0), { ...options, p: node.number('p', 2) });
}
