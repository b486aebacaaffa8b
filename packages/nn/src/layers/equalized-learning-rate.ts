import type { Network, Tree } from '@ganymede/core';
import { numbersOf, type Value, valueOf } from '@ganymede/tensor';
import { tensorAt } from '../variables.js';
import { requirePositive } from './argument.js';
import { initialWeight, layerWeight, type LayerWeightOptions, otherAxes } from './layer-weight.js';

/** Options of {@link equalizedLearningRate}. */
export interface EqualizedLearningRateOptions extends LayerWeightOptions {
  /** Standard deviation of the outputs of inputs of variance 1. @defaultValue √2, for layers before a (leaky) ReLU; 1 for others */
  readonly gain?: number;
  /** Factor of the learning rate; StyleGAN's mapping network uses 0.01. @defaultValue 1 */
  readonly rateMultiplier?: number;
}

/**
 * Equalized learning rate (Karras et al. 2018, section 4.1): `layer` with its kernel N(0, 1) at first and multiplied by
 * gain / √(fan in) whenever it is used (He's initializer at run time), so that Adam's steps, which do not see the scale of a weight,
 * change all layers at one speed. The stored kernel is divided, and the used kernel and bias multiplied, by `rateMultiplier`.
 * Variables are the layer's own.
 *
 * @throws `GANYMEDE_VARIABLE_MISSING`, `GANYMEDE_OPTION`
 */
export function equalizedLearningRate(
  layer: Network,
  { gain = Math.SQRT2, rateMultiplier = 1, ...which }: EqualizedLearningRateOptions = {},
): Network {
  requirePositive('equalizedLearningRate', 'gain', gain);
  requirePositive('equalizedLearningRate', 'rateMultiplier', rateMultiplier);
  const weight = layerWeight(layer, which);
  const { variable, axis } = weight;
  return {
    name: layer.name,
    buffers: layer.buffers,
    init(rng, shape, conditions): Tree<Value> {
      const variables = layer.init(rng, shape, conditions);
      const { shape: sizes } = initialWeight('equalizedLearningRate', layer, weight, variables);
      const own = {
        [variable]: rng.child(variable).draw(sizes, { kind: 'normal', std: 1 / rateMultiplier }),
      };
      const { bias } = variables as { readonly bias?: Value };
      if (bias === undefined || rateMultiplier === 1) return { ...variables, ...own };
      const stored = valueOf(
        numbersOf(bias).map((b) => b / rateMultiplier),
        bias.shape,
      );
      return { ...variables, ...own, bias: stored };
    },
    apply(variables, x, ctx) {
      const kernel = tensorAt(variables, variable, ctx);
      const fan = otherAxes(kernel.rank, axis).reduce((product, i) => product * Number(kernel.shape[i]), 1);
      const scaled = { [variable]: kernel.mul((gain * rateMultiplier) / Math.sqrt(fan)) };
      const bias =
        variables.bias === undefined || rateMultiplier === 1
          ? {}
          : { bias: tensorAt(variables, 'bias', ctx).mul(rateMultiplier) };
      return layer.apply({ ...variables, ...scaled, ...bias }, x, ctx);
    },
  };
}
