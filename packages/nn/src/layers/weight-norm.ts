import type { Network, Tree } from '@ganymede/core';
import { numbersOf, type Value, valueOf } from '@ganymede/tensor';
import { tensorAt } from '../variables.js';
import { initialWeight, layerWeight, type LayerWeightOptions, otherAxes } from './layer-weight.js';

/**
 * Weight normalization (Salimans and Kingma 2016, eq. 2): the weights of each output of `layer` are a direction, `kernel` over its
 * length, times a learned `gain` [outputs]. At first `gain` is the kernel's length, so that the layer is what it was. In GANs the
 * semi-supervised discriminators of Salimans et al. 2016 use it. The layer's variables keep their names, `gain` joins them.
 *
 * @throws `GANYMEDE_VARIABLE_MISSING`
 */
export function weightNorm(layer: Network, which: LayerWeightOptions = {}): Network {
  const weight = layerWeight(layer, which);
  const { variable, axis } = weight;
  return {
    name: layer.name,
    buffers: layer.buffers,
    init(rng, shape, conditions): Tree<Value> {
      const variables = layer.init(rng, shape, conditions);
      return { ...variables, gain: lengths(initialWeight('weightNorm', layer, weight, variables), axis) };
    },
    apply(variables, x, ctx) {
      const kernel = tensorAt(variables, variable, ctx);
      const length = kernel.square().sum(otherAxes(kernel.rank, axis), true).sqrt();
      const gain = tensorAt(variables, 'gain', ctx).reshape(length.shape);
      return layer.apply({ ...variables, [variable]: kernel.mul(gain.div(length)) }, x, ctx);
    },
  };
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
