import { defineLoss } from '@ganymede/core';
import { formatShape, GanymedeError, type Tensor } from '@ganymede/tensor';
import { z } from 'zod';
import { bregmanCost } from './bregman/bregman-cost.js';
import { type BregmanName, bregmanFunctions } from './bregman/index.js';
import { required } from './loss-input.js';
import { notNegative } from './ranges.js';
import { onRawLogits } from './raw-logits.js';

const name = 'scaledBregman';
const names = Object.keys(bregmanFunctions) as BregmanName[];

/** Column `index` of logits `[batch, 2]`: 0 is log p/m (data over base), 1 is log q/m (model over base). */
function column(logits: Tensor, index: 0 | 1): Tensor {
  if (logits.rank === 2 && logits.shape[1] === 2) return logits.slice(1, index, index + 1);
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${name}: expected logits [batch, 2], one per density ratio, got ${formatShape(logits.shape)}`,
    hint: 'end the discriminator with two outputs: data against base, model against base',
  });
}

/**
 * Scaled Bregman GAN (Srivastava et al. 2019): ∫ D_φ(p/m, q/m) dM with a base measure M whose support covers data and model, such
 * as {@link baseSamples}, so that it stays finite and informative where their supports do not meet. The discriminator's two logits
 * `[batch, 2]` learn log p/m and log q/m by logistic regression against base samples; G minimises E_base D_φ(e^p, e^q), whose gradient
 * comes through the base samples that were made of generated ones. The base samples' logits come in the loss's last argument.
 * `half-square` and `burg` multiply two ratios: they stay finite for logits up to ±44 in float32, `neg-entropy` up to ±80.
 *
 * @throws `GANYMEDE_LOGITS`, `GANYMEDE_LOSS_INPUT`, `GANYMEDE_SHAPE`
 */
export const scaledBregman = defineLoss({
  id: '@ganymede/losses/scaled-bregman',
  summary: 'Scaled Bregman divergence through density ratios (Srivastava et al. 2019)',
  reference: {
    title: 'BreGMN: scaled-Bregman generative modeling networks',
    authors: 'Srivastava et al.',
    year: 2019,
    formulas: {
      discriminator: {
        equation: 'E softplus(−r₁) + E softplus(b₁) + E softplus(−g₂) + E softplus(b₂)',
        range: notNegative,
      },
      generator: { equation: 'E_base D_φ(exp b₁, exp b₂)', range: notNegative },
    },
  },
  options: z.object({
    phi: z.enum(names).default('neg-entropy').describe('φ, the convex function of the density ratios'),
  }),
  create({ phi }) {
    const tell = (above: Tensor, base: Tensor): Tensor =>
      above.neg().softplus().mean().add(base.softplus().mean());
    return onRawLogits(name, {
      discriminator(real, fake, input) {
        const base = required(input?.base, name, 'logits of base samples');
        return tell(column(real, 0), column(base, 0)).add(tell(column(fake, 1), column(base, 1)));
      },
      generator(_fake, _real, input) {
        const base = required(input?.base, name, 'logits of base samples');
        return bregmanCost(column(base, 0).exp(), column(base, 1).exp(), bregmanFunctions[phi]).mean();
      },
    });
  },
});
