import { add } from '../../operators/add.js';
import { div } from '../../operators/div.js';
import { l1Norm } from '../../operators/reduce-l1.js';
import { l2Norm } from '../../operators/reduce-l2.js';
import { mean } from '../../operators/reduce-mean.js';
import { sqrt } from '../../operators/sqrt.js';
import { sub } from '../../operators/sub.js';
import { variance } from '../../operators/variance.js';
import type { Tensor } from '../../tensor.js';
import type { ImportedNode } from '../imported-operators.js';

/** LpNormalization: x over its norm along an axis. */
export function lpNormalization(node: ImportedNode): Tensor {
  const x = node.input(0);
  const norm = node.number('p', 2) === 1 ? l1Norm : l2Norm;
  return div(x, norm(x, node.number('axis', -1), true));
}

/** MeanVarianceNormalization: mean 0 and variance 1 over some axes, by default all but the channels. */
export function meanVarianceNormalization(node: ImportedNode): Tensor {
  const x = node.input(0);
  const axes = node.numbers('axes') ?? [0, 2, 3];
  // The constant is that of ONNX's own definition.
  return div(sub(x, mean(x, axes, true)), add(sqrt(variance(x, axes, true)), 1e-9));
}
