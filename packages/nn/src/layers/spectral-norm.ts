import type { Network, Tree } from '@ganymede/core';
import { type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { tensorAt } from '../variables.js';
import { requireCount } from './argument.js';
import { initialWeight, layerWeight, type LayerWeightOptions, otherAxes } from './layer-weight.js';

/** Options of {@link spectralNorm}. */
export interface SpectralNormOptions extends LayerWeightOptions {
  /** Steps of the power iteration in each training step; the vector is kept, so that one suffices. @defaultValue 1 */
  readonly iterations?: number;
}

const unit = (x: Tensor): Tensor => x.div(x.mul(x).sum().sqrt());

/** The kernel as a matrix with `axis` as rows: `[outputs, everything else]`. */
function asMatrix(kernel: Tensor, axis: number): Tensor {
  const moved = axis === 0 ? kernel : kernel.transpose([axis, ...otherAxes(kernel.rank, axis)]);
  return kernel.rank === 2 ? moved : moved.reshape([kernel.shape[axis] ?? 1, -1]);
}

/**
 * Spectral normalization (Miyato et al. 2018, algorithm 1): `layer` with its kernel divided by the kernel's largest singular
 * value, estimated by power iteration on the vector `u` [outputs]. Each training step does `iterations` of them and keeps `u` as a
 * buffer; outside training `u` stays. The gradient goes through kernel / σ with the singular vectors as constants. For dense,
 * convolutions of any rank, transposed ones, embeddings, and whatever has a kernel.
 *
 * A kernel of zeros has no direction and gives NaN. The layer's variables keep their names, `u` joins them: `conv1/kernel`, `conv1/bias`, `conv1/u`.
 *
 * @throws `GANYMEDE_VARIABLE_MISSING`, `GANYMEDE_OPTION`
 */
export function spectralNorm(
  layer: Network,
  { iterations = 1, ...which }: SpectralNormOptions = {},
): Network {
  requireCount('spectralNorm', 'iterations', iterations);
  const weight = layerWeight(layer, which);
  const { variable, axis } = weight;
  return {
    name: layer.name,
    buffers: [...layer.buffers, 'u'],
    init(rng, shape, conditions): Tree<Value> {
      const variables = layer.init(rng, shape, conditions);
      const kernel = initialWeight('spectralNorm', layer, weight, variables);
      return {
        ...variables,
        u: randomUnit(rng.child('u').draw([kernel.shape[axis] ?? 1], { kind: 'normal' })),
      };
    },
    apply(variables, x, ctx) {
      const kernel = tensorAt(variables, variable, ctx);
      const matrix = asMatrix(kernel, axis);
      const rows = matrix.shape[0] ?? 1;
      const fixed = matrix.stopGradient();
      const rightOf = (u: Tensor): Tensor => unit(u.reshape([1, rows]).matmul(fixed)).transpose([1, 0]);
      let u = tensorAt(variables, 'u', ctx).stopGradient();
      let v = rightOf(u);
      for (let i = 0; ctx.training && i < iterations; i++) {
        if (i > 0) v = rightOf(u);
        u = unit(fixed.matmul(v).reshape([rows]));
      }
      ctx.updateBuffer('u', u);
      const sigma = u.reshape([1, rows]).matmul(matrix.matmul(v)).reshape([]);
      return layer.apply({ ...variables, [variable]: kernel.div(sigma) }, x, ctx);
    },
  };
}

function randomUnit(direction: Value): Value {
  const numbers = Float64Array.from(direction.data as Float32Array);
  const norm = Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0));
  return valueOf(numbers.map((x) => x / norm));
}
