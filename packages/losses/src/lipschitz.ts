import { defineLoss } from '@ganymede/core';
import { less, type Tensor, where } from '@ganymede/tensor';
import { z } from 'zod';
import { type Elementwise, generalForm } from './general-form.js';
import { anyNumber, notNegative } from './ranges.js';

/** x + √(x² + 1), written 1 / (√(x² + 1) − x) for negative x, where the sum would lose its digits. */
function rootForm(x: Tensor): Tensor {
  const negative = less(x, 0);
  // Each branch sees 0 in place of what is the other's, so that its derivative stays finite there.
  const below = where(negative, x, 0);
  const above = where(negative, 0, x);
  const root = (y: Tensor) => y.square().add(1).sqrt();
  return where(negative, root(below).sub(below).pow(-1), root(above).add(above));
}

const family: Readonly<Record<string, (alpha: number) => Elementwise>> = {
  exp: () => (x) => x.exp(),
  sqrt: () => rootForm,
  'log-sigmoid': () => (x) => x.softplus(),
  hinge: (alpha) => (x) => x.add(alpha).relu(),
};

/**
 * The losses of Lipschitz GANs (Zhou et al. 2019): D minimises E φ(fake) + E φ(−real) with φ increasing and convex, G minimises
 * −E fake, or E φ(−fake) with `generator: 'phi'`. φ(x) is eˣ, x + √(x² + 1), softplus(x) (`log-sigmoid`) or max(0, α + x).
 * Raw logits of any shape. Wants `maxGradientPenalty()`: then a best discriminator exists, is unique but for `hinge`, and its
 * gradient at a generated sample points to a real one.
 *
 * @throws `GANYMEDE_LOGITS`
 */
export const lipschitz = defineLoss({
  id: '@ganymede/losses/lipschitz',
  summary: 'Lipschitz GAN: exp, sqrt, log-sigmoid or hinge (Zhou et al. 2019)',
  reference: {
    title: 'Lipschitz generative adversarial nets',
    authors: 'Zhou et al.',
    year: 2019,
    formulas: {
      discriminator: { equation: 'E φ(g) + E φ(−r)', range: notNegative },
      generator: { equation: '−E g, or E φ(−g)', range: anyNumber },
    },
  },
  options: z.object({
    phi: z.enum(['exp', 'sqrt', 'log-sigmoid', 'hinge']).default('log-sigmoid').describe('φ'),
    alpha: z.number().default(1).describe('margin of the hinge'),
    generator: z
      .enum(['linear', 'phi'])
      .default('linear')
      .describe('what the generator minimises: −E fake, or E φ(−fake)'),
  }),
  create({ phi, alpha, generator }) {
    const function_ = (family[phi] as (alpha: number) => Elementwise)(alpha);
    return generalForm({ phi: function_, ...(generator === 'linear' ? { psi: (x) => x.neg() } : {}) });
  },
});
