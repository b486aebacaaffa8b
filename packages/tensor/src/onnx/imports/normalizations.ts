import { GanymedeError } from '../../error.js';
import { add } from '../../operators/add.js';
import { div } from '../../operators/div.js';
import { mul } from '../../operators/mul.js';
import { perChannel } from '../../operators/families/scale-and-shift.js';
import { localResponseNormalization } from '../../operators/local-response-normalization.js';
import { reshape } from '../../operators/reshape.js';
import { sqrt } from '../../operators/sqrt.js';
import { standardize } from '../../operators/standardize.js';
import { sub } from '../../operators/sub.js';
import { normalizeAxis, quotientOf } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import type { ImportedNode } from '../imported-operators.js';

const epsilonOf = (node: ImportedNode): number => node.number('epsilon', 1e-5);

/** In inference mode, where it is one factor and one summand per channel. */
export function batchNormalization(node: ImportedNode): Tensor {
  if (node.number('training_mode', 0) !== 0) {
    throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', {
      message: 'operator BatchNormalization is in training mode',
      hint: 'export the model for inference',
    });
  }
  const x = node.input(0);
  const [scale, bias, centre, spread] = [1, 2, 3, 4].map((i) => node.input(i)) as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ];
  const factor = div(scale, sqrt(add(spread, epsilonOf(node))));
  return add(mul(x, perChannel(factor, x)), perChannel(sub(bias, mul(centre, factor)), x));
}

export function instanceNormalization(node: ImportedNode): Tensor {
  const x = node.input(0);
  const axes = x.shape.map((_, i) => i).slice(2);
  const normal = standardize(x, axes, epsilonOf(node));
  return add(mul(normal, perChannel(node.input(1), x)), perChannel(node.input(2), x));
}

/** Scale and bias are per group up to opset 20, per channel since. */
export function groupNormalization(node: ImportedNode): Tensor {
  const x = node.input(0);
  const groups = node.number('num_groups', 1);
  const [batch = 1, channels = 1, ...spatial] = x.shape;
  const size = quotientOf(channels, groups) ?? 1;
  const split = reshape(x, [batch, groups, size, ...spatial]);
  const normal = standardize(split, split.shape.map((_, i) => i).slice(2), epsilonOf(node));
  const [scale, bias] = [node.input(1), node.input(2)];
  const perGroup = scale.shape[0] === groups && groups !== channels && node.opset < 21;
  if (perGroup) return reshape(add(mul(normal, perChannel(scale, split)), perChannel(bias, split)), x.shape);
  return add(mul(reshape(normal, x.shape), perChannel(scale, x)), perChannel(bias, x));
}

export function layerNormalization(node: ImportedNode): Tensor {
  const x = node.input(0);
  const axis = normalizeAxis(node.number('axis', -1), x.rank, 'LayerNormalization');
  const scaled = mul(standardize(x, x.shape.map((_, i) => i).slice(axis), epsilonOf(node)), node.input(1));
  const bias = node.optional(2);
  return bias === undefined ? scaled : add(scaled, bias);
}

/** LRN, across channels. */
export const localResponseNode = (node: ImportedNode): Tensor =>
  localResponseNormalization(node.input(0), {
    size: node.number('size', 1),
    alpha: node.number('alpha', 1e-4),
    beta: node.number('beta', 0.75),
    bias: node.number('bias', 1),
  });
