import type { Network, Tree } from '@ganymede/core';
import { GanymedeError, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { tensorAt } from '../variables.js';

/** Options of {@link spectralNorm}. */
export interface SpectralNormOptions {
  /** Which variable of the layer is normalized. @defaultValue 'kernel' */
  readonly variable?: string;
  /** Dimension that becomes the matrix's rows. @defaultValue the outputs: 0, and 1 for `dense` and `convTranspose` */
  readonly axis?: number;
}

const unit = (x: Tensor): Tensor => x.div(x.mul(x).sum().sqrt());

/** The kernel as a matrix with `axis` as rows: `[outputs, everything else]`. */
function asMatrix(kernel: Tensor, axis: number): Tensor {
  const order = [axis, ...kernel.shape.map((_, i) => i).filter((i) => i !== axis)];
  const moved = axis === 0 ? kernel : kernel.transpose(order);
  return kernel.rank === 2 ? moved : moved.reshape([kernel.shape[axis] ?? 1, -1]);
}

/**
 * Spectral normalization (Miyato et al. 2018, algorithm 1): `layer` with its kernel divided by the kernel's largest singular
 * value, estimated by power iteration on the vector `u` [outputs]. Each training step does one iteration and keeps `u` as a
 * buffer; outside training `u` stays. The gradient goes through kernel / σ with the singular vectors as constants.
 *
 * A kernel of zeros has no direction and gives NaN. The layer's variables keep their names, `u` joins them: `conv1/kernel`, `conv1/bias`, `conv1/u`.
 */
export function spectralNorm(
  layer: Network,
  {
    variable = 'kernel',
    axis = layer.name === 'dense' || layer.name === 'convTranspose' ? 1 : 0,
  }: SpectralNormOptions = {},
): Network {
  return {
    name: layer.name,
    buffers: [...layer.buffers, 'u'],
    init(rng, shape): Tree<Value> {
      const variables = layer.init(rng, shape);
      const kernel = variables[variable];
      if (kernel === undefined || !('dtype' in kernel)) {
        throw new GanymedeError('GANYMEDE_VARIABLE_MISSING', {
          message: `spectralNorm: the layer "${layer.name}" has no variable "${variable}", but has ${Object.keys(variables).join(', ') || 'none'}`,
          hint: 'wrap layers with a kernel (dense, conv2d, convTranspose2d) one by one, or name the variable',
        });
      }
      return {
        ...variables,
        u: randomUnit(rng.child('u').draw([(kernel as Value).shape[axis] ?? 1], { kind: 'normal' })),
      };
    },
    apply(variables, x, ctx) {
      const kernel = tensorAt(variables, variable, ctx);
      const matrix = asMatrix(kernel, axis);
      const rows = matrix.shape[0] ?? 1;
      const fixed = matrix.stopGradient();
      const stored = tensorAt(variables, 'u', ctx);
      const v = unit(stored.stopGradient().reshape([1, rows]).matmul(fixed)).transpose([1, 0]);
      const iterated = ctx.training ? unit(fixed.matmul(v).reshape([rows])) : stored.stopGradient();
      ctx.updateBuffer('u', iterated);
      const sigma = iterated.reshape([1, rows]).matmul(matrix.matmul(v)).reshape([]);
      return layer.apply({ ...variables, [variable]: kernel.div(sigma) }, x, ctx);
    },
  };
}

function randomUnit(direction: Value): Value {
  const numbers = Float64Array.from(direction.data as Float32Array);
  const norm = Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0));
  return valueOf(numbers.map((x) => x / norm));
}
