import type { Sides } from '@ganymede/core';
import { defineLoss } from '@ganymede/core';
import { formatShape, GanymedeError, type Tensor } from '@ganymede/tensor';
import { z } from 'zod';
import { bregmanCost } from './bregman/bregman-cost.js';
import type { BregmanFunction } from './bregman/bregman-function.js';
import { type BregmanName, bregmanFunctions } from './bregman/index.js';
import { required } from './loss-input.js';
import { anyNumber } from './ranges.js';
import { onRawLogits } from './raw-logits.js';

const name = 'relaxedWasserstein';
const names = Object.keys(bregmanFunctions) as BregmanName[];

/** Bregman cost of every real with every generated sample: `[real, fake]`. */
function costs(samples: Sides<Tensor> | undefined, phi: BregmanFunction): Tensor {
  const real = required(samples?.real, name, 'the real samples');
  const fake = required(samples?.fake, name, 'the generated samples');
  const [width, ...rest] = [real, fake].map(({ shape }) => shape.slice(1));
  if (formatShape(width ?? []) !== formatShape(rest[0] ?? [])) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${name}: real samples ${formatShape(real.shape)} and generated ones ${formatShape(fake.shape)} differ beyond the batch`,
    });
  }
  const flat = (x: Tensor): Tensor => x.reshape([x.shape[0] ?? 1, -1]);
  const [x, y] = [flat(real), flat(fake)];
  const [rows, columns] = [x.shape[0] ?? 1, y.shape[0] ?? 1];
  const all = bregmanCost(x.reshape([rows, 1, -1]), y.reshape([1, columns, -1]), phi);
  return all.sum(2);
}

/**
 * Relaxed Wasserstein GAN (Guo et al. 2017): optimal transport with a Bregman cost D_φ(real, fake), which need be no metric. The
 * critic's real logits u are one potential; the other follows from it over the batch, u*(y) = min over real x of
 * D_φ(x, y) − u(x), so that no Lipschitz constraint is needed and the bound holds for every critic. D minimises
 * −(E u(real) + E u*(fake)), the negative of a lower bound of the divergence between the batches; G minimises E u*(fake).
 * The samples of both sides come in the loss's last argument; `neg-entropy` and `burg` want positive ones.
 *
 * The paper clips its critic instead: that is {@link wasserstein} with `weightClipping({ low, high })`.
 *
 * @throws `GANYMEDE_LOGITS`, `GANYMEDE_LOSS_INPUT`, `GANYMEDE_SHAPE`
 */
export const relaxedWasserstein = defineLoss({
  id: '@ganymede/losses/relaxed-wasserstein',
  summary: 'Relaxed Wasserstein, Bregman costs (Guo et al. 2017)',
  reference: {
    title: 'Relaxed Wasserstein with applications to GANs',
    authors: 'Guo et al.',
    year: 2017,
    formulas: {
      discriminator: { equation: '−E r − E min_x [D_φ(x, fake) − r(x)]', range: anyNumber },
      generator: { equation: 'E min_x [D_φ(x, fake) − r(x)]', range: anyNumber },
    },
  },
  options: z.object({
    cost: z
      .enum(names)
      .default('half-square')
      .describe('φ, the convex function whose Bregman divergence is the cost'),
  }),
  create({ cost }) {
    const conjugate = (potential: Tensor, samples: Sides<Tensor> | undefined): Tensor =>
      costs(samples, bregmanFunctions[cost])
        .sub(potential.reshape([-1, 1]))
        .min(0)
        .mean();
    return onRawLogits(name, {
      discriminator: (real, _fake, input) => real.mean().add(conjugate(real, input?.samples)).neg(),
      generator: (_fake, real, input) =>
        conjugate(required(real, name, 'the logits of real samples for the generator'), input?.samples),
    });
  },
});
