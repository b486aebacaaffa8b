import { defineLoss } from '@ganymede/core';
import { z } from 'zod';
import { type DivergenceName, divergences } from './divergences/index.js';
import { anyNumber } from './ranges.js';
import { onRawLogits } from './raw-logits.js';

const names = Object.keys(divergences) as DivergenceName[];

/**
 * f-GAN (Nowozin et al. 2016) on raw logits v of any shape: D minimises −E g(real) + E f*(g(fake)), the negative of a lower bound
 * of D_f(real | generated); G minimises −E g(fake), the paper's practical form (section 3.2), or with `generator: 'exact'`
 * −E f*(g(fake)). See {@link divergences} for f, g and f* of each. Compared with the paper's table g is mirrored where it fell,
 * so that a larger logit always means "more real".
 *
 * @throws `GANYMEDE_LOGITS`; `GANYMEDE_OPTION`
 */
export const fGan = defineLoss({
  id: '@ganymede/losses/f-gan',
  summary: 'f-GAN: any of ten f-divergences (Nowozin et al. 2016)',
  reference: {
    title: 'f-GAN: training generative neural samplers using variational divergence minimization',
    authors: 'Nowozin et al.',
    year: 2016,
    formulas: {
      discriminator: { equation: '−E T(r) + E f*(T(g))', range: anyNumber },
      generator: { equation: '−E T(g), or −E f*(T(g))', range: anyNumber },
    },
  },
  options: z.object({
    divergence: z.enum(names).default('kl').describe('which f-divergence is estimated'),
    alpha: z.number().default(0.5).describe('of the alpha-divergence; not 0 or 1'),
    generator: z
      .enum(['practical', 'exact'])
      .default('practical')
      .describe('whether the generator maximises E g(fake), or minimises the bound itself'),
  }),
  create({ divergence, alpha, generator }) {
    const { activation, conjugate } = divergences[divergence](alpha);
    return onRawLogits('fGan', {
      discriminator: (real, fake) => conjugate(fake).mean().sub(activation(real).mean()),
      generator: (fake) => (generator === 'exact' ? conjugate : activation)(fake).mean().neg(),
    });
  },
});
