import { GanymedeError } from '../../error.js';
import { add } from '../../operators/add.js';
import { div } from '../../operators/div.js';
import { mul } from '../../operators/mul.js';
import { mean } from '../../operators/reduce-mean.js';
import { reshape } from '../../operators/reshape.js';
import { sqrt } from '../../operators/sqrt.js';
import { sub } from '../../operators/sub.js';
import { normalizeAxis, quotientOf } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import type { ImportedNode } from '../imported-operators.js';

/** `[C]` as `[1, C, 1, …]`, to meet the channels of `x`. */
const perChannel = (v: Tensor, x: Tensor): Tensor =>
  reshape(v, [1, v.shape[0] ?? 1, ...x.shape.slice(2).map(() => 1)]);

const epsilonOf = (node: ImportedNode): number => node.number('epsilon', 1e-5);

/** Zero mean and unit variance over `axes`. */
function standardized(x: Tensor, axes: readonly number[], epsilon: number): Tensor {
  const centred = sub(x, mean(x, axes, true));
  return div(centred, sqrt(add(mean(mul(centred, centred), axes, true), epsilon)));
}

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
  const normal = standardized(x, axes, epsilonOf(node));
  return add(mul(normal, perChannel(node.input(1), x)), perChannel(node.input(2), x));
}

/** Scale and bias are per group up to opset 20, per channel since. */
export function groupNormalization(node: ImportedNode): Tensor {
  const x = node.input(0);
  const groups = node.number('num_groups', 1);
  const [batch = 1, channels = 1, ...spatial] = x.shape;
  const size = quotientOf(channels, groups) ?? 1;
  const split = reshape(x, [batch, groups, size, ...spatial]);
  const normal = standardized(split, split.shape.map((_, i) => i).slice(2), epsilonOf(node));
  const [scale, bias] = [node.input(1), node.input(2)];
  const perGroup = scale.shape[0] === groups && groups !== channels && node.opset < 21;
  if (perGroup) return reshape(add(mul(normal, perChannel(scale, split)), perChannel(bias, split)), x.shape);
  return add(mul(reshape(normal, x.shape), perChannel(scale, x)), perChannel(bias, x));
}

export function layerNormalization(node: ImportedNode): Tensor {
  const x = node.input(0);
  const axis = normalizeAxis(node.number('axis', -1), x.rank, 'LayerNormalization');
  const scaled = mul(standardized(x, x.shape.map((_, i) => i).slice(axis), epsilonOf(node)), node.input(1));
  const bias = node.optional(2);
  return bias === undefined ? scaled : add(scaled, bias);
}
