import { defineRegularizer, flattenTree } from '@ganymede/core';
import { cast, constant, equal, filled, GanymedeError, type Tensor } from '@ganymede/tensor';
import { z } from 'zod';
import { required } from './loss-input.js';
import { counting } from './places.js';
import { notNegative } from './ranges.js';

/** The kernel as a matrix with one row per output: dense kernels are [in, out], convolutions' [out, in, …]. */
function rowsOf(kernel: Tensor): { readonly matrix: Tensor; readonly outputs: number } {
  const outputs = Number(kernel.shape[kernel.rank === 2 ? 1 : 0]);
  return { matrix: kernel.rank === 2 ? kernel.transpose([1, 0]) : kernel.reshape([outputs, -1]), outputs };
}

/** ‖W Wᵀ − I‖² of one kernel, or with `offDiagonal` the part of it off the diagonal. */
function distance(kernel: Tensor, offDiagonal: boolean): Tensor {
  const { matrix, outputs } = rowsOf(kernel);
  const places = counting(outputs, kernel.dtype);
  const identity = cast(equal(places.reshape([outputs, 1]), places.reshape([1, outputs])), kernel.dtype);
  const products = matrix.matmul(matrix.transpose([1, 0]));
  return (offDiagonal ? products.mul(identity.neg().add(1)) : products.sub(identity)).square().sum();
}

/**
 * Orthogonal regularization: weight · Σ ‖W Wᵀ ⊙ (1 − I)‖² over the kernels, each a matrix with one row per output (Brock et al.
 * 2019, eq. 3: rows at right angles, of any length), or with `offDiagonal: false` weight · Σ ‖W Wᵀ − I‖² (Brock et al. 2017).
 * A parameter counts if the last part of its path is `variable` and it has two dimensions or more. Of the discriminator, or of
 * the generator with `of`. A transposed convolution's kernel is [in, out, …]: there the rows are the inputs.
 *
 * @throws `GANYMEDE_LOSS_INPUT`; `GANYMEDE_OPTION` where no parameter counts
 */
export const orthogonal = defineRegularizer({
  id: '@ganymede/losses/orthogonal',
  summary: 'Kernels with rows at right angles (Brock et al. 2017, 2019)',
  reference: {
    title: 'Large scale GAN training for high fidelity natural image synthesis',
    authors: 'Brock et al.',
    year: 2019,
    formulas: { penalty: { equation: 'β Σ ‖W Wᵀ ⊙ (1 − I)‖², or β Σ ‖W Wᵀ − I‖²', range: notNegative } },
  },
  options: z.object({
    weight: z.number().positive().default(1e-4).describe('β, factor of the penalty'),
    offDiagonal: z.boolean().default(true).describe('leave the lengths of the rows free'),
    variable: z.string().default('kernel').describe('last part of the path of the parameters that count'),
    of: z.enum(['discriminator', 'generator']).default('discriminator').describe('whose kernels'),
  }),
  create: ({ weight, offDiagonal, variable, of }) => ({
    name: 'orthogonal',
    of,
    penalty({ params }) {
      const all = Object.entries(flattenTree(required(params, 'orthogonal', `the ${of}'s parameters`)));
      const kernels = all.filter(([path, p]) => path.split('/').at(-1) === variable && p.rank >= 2);
      const [first] = kernels;
      if (first === undefined) {
        throw new GanymedeError('GANYMEDE_OPTION', {
          message: `orthogonal: no parameter of the ${of} is called "${variable}" and has two dimensions or more`,
          hint: `name one of them as variable: ${all.map(([path]) => path).join(', ') || 'there are none'}`,
          data: { option: 'variable', known: all.map(([path]) => path) },
        });
      }
      const zero = constant(filled([], 0, first[1].dtype));
      return kernels.reduce((sum, [, kernel]) => sum.add(distance(kernel, offDiagonal)), zero).mul(weight);
    },
  }),
});
