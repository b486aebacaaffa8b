import type { Optimizer } from '@ganymede/core';
import { zipTrees } from '@ganymede/core';
import { cast, constant, equal, type Tensor } from '@ganymede/tensor';
import { statelessTransform } from './stateless-transform.js';

/** Options of {@link orthogonalDecay}. */
export interface OrthogonalDecayOptions {
  /** Which parameters, by path; those of fewer than two dimensions never count. @defaultValue paths that end with `kernel` */
  readonly mask?: (path: string) => boolean;
}

/** 4 · (W Wᵀ ⊙ (1 − I)) W for the kernel as a matrix with one row per output; dense kernels are [in, out]. */
function pull(kernel: Tensor): Tensor {
  const dense = kernel.rank === 2;
  const outputs = Number(kernel.shape[dense ? 1 : 0]);
  const matrix = dense ? kernel.transpose([1, 0]) : kernel.reshape([outputs, -1]);
  const places = constant(
    Array.from({ length: outputs }, (_, i) => i),
    kernel.dtype,
  );
  const same = equal(places.reshape([outputs, 1]), places.reshape([1, outputs]));
  const offDiagonal = cast(same, kernel.dtype).neg().add(1);
  const pulled = matrix
    .matmul(matrix.transpose([1, 0]))
    .mul(offDiagonal)
    .matmul(matrix)
    .mul(4);
  return dense ? pulled.transpose([1, 0]) : pulled.reshape(kernel.shape);
}

/**
 * Adds to each kernel's gradient that of `rate` · ‖W Wᵀ ⊙ (1 − I)‖², W with one row per output: the orthogonal regularization of
 * BigGAN (Brock et al. 2019, eq. 3) as a gradient transformation, for any network and without a second pass through the graph.
 * Before the optimizer proper: `chain(orthogonalDecay(1e-4), adam())`. The authors' code has half of this gradient.
 */
export const orthogonalDecay = (
  rate: number,
  { mask = (path) => path.split('/').at(-1) === 'kernel' }: OrthogonalDecayOptions = {},
): Optimizer =>
  statelessTransform((gradients, params) =>
    zipTrees<[Tensor, Tensor], Tensor>([gradients, params], ([g, p], path) =>
      mask(path) && p.rank >= 2 ? g.add(pull(p).mul(rate)) : g,
    ),
  );
