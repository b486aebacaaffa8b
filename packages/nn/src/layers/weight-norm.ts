import type { Network, StepContext, Tree } from '@ganymede/core';
import { numbersOf, type Tensor, type Value, valueOf, where } from '@ganymede/tensor';
import { tensorAt } from '../variables.js';
import { initialWeight, layerWeight, type LayerWeightOptions, otherAxes } from './layer-weight.js';

/** Options of {@link weightNorm}. */
export interface WeightNormOptions extends LayerWeightOptions {
  /** Whether `gain` is trained, or stays what it is at first: a buffer. @defaultValue true */
  readonly learned?: boolean;
}

/**
 * Weight normalization (Salimans and Kingma 2016, eq. 2): the weights of each output of `layer` are a direction, `kernel` over its
 * length, times a learned `gain` [outputs]. At first `gain` is the kernel's length, so that the layer is what it was. In GANs the
 * semi-supervised discriminators of Salimans et al. 2016 use it. The layer's variables keep their names, `gain` joins them.
 * `initFromData` sets gain and bias so that outputs have mean 0 and variance 1 (their section 3).
 *
 * @throws `GANYMEDE_VARIABLE_MISSING`
 */
export function weightNorm(layer: Network, { learned = true, ...which }: WeightNormOptions = {}): Network {
  const weight = layerWeight(layer, which);
  const { variable, axis } = weight;
  return {
    name: layer.name,
    buffers: learned ? layer.buffers : [...layer.buffers, 'gain'],
    init(rng, shape, conditions): Tree<Value> {
      const variables = layer.init(rng, shape, conditions);
      return { ...variables, gain: lengths(initialWeight('weightNorm', layer, weight, variables), axis) };
    },
    apply(variables, x, ctx) {
      const kernel = tensorAt(variables, variable, ctx);
      const length = kernel.square().sum(otherAxes(kernel.rank, axis), true).sqrt();
      const gain = tensorAt(variables, 'gain', ctx).reshape(length.shape);
      const y = layer.apply({ ...variables, [variable]: kernel.mul(gain.div(length)) }, x, ctx);
      return ctx.fitVariable === undefined || !linear.has(layer.name)
        ? y
        : fitted(y, layer.name === 'dense' ? -1 : 1, variables, ctx);
    },
  };
}

/** Kinds of layers whose output is gain times something, plus the bias. */
const linear: ReadonlySet<string> = new Set(['dense', 'conv', 'convTranspose']);

/** First `gain` and `bias` for which each output has mean 0 (without a bias: the mean it has) and variance 1 over the batch. */
function fitted(y: Tensor, axis: number, variables: Tree<Tensor>, ctx: StepContext): Tensor {
  const outputs = axis < 0 ? y.rank + axis : axis;
  const mean = y.mean(otherAxes(y.rank, outputs), true);
  const deviation = y.sub(mean).square().mean(otherAxes(y.rank, outputs), true).sqrt();
  // An output that is the same for all samples stays as it is.
  const std = where(deviation.greater(1e-6), deviation, 1);
  const gain = tensorAt(variables, 'gain', ctx);
  ctx.fitVariable?.('gain', gain.div(std.reshape(gain.shape)));
  if (!('bias' in variables)) return y.div(std);
  const bias = tensorAt(variables, 'bias', ctx);
  ctx.fitVariable?.('bias', bias.sub(mean.reshape(bias.shape)).div(std.reshape(bias.shape)));
  return y.sub(mean).div(std);
}

/** Euclidean length of the weights of each output. */
function lengths(kernel: Value, axis: number): Value {
  const shape = kernel.shape;
  const inner = shape.slice(axis + 1).reduce((product, d) => product * d, 1);
  const count = shape[axis] as number;
  const squares = new Float64Array(count);
  numbersOf(kernel).forEach((w, i) => {
    const output = Math.floor(i / inner) % count;
    squares[output] = (squares[output] as number) + w * w;
  });
  return valueOf(squares.map(Math.sqrt), [count]);
}
