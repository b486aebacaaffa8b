import { defineRegularizer, type RegularizerInput } from '@ganymede/core';
import {
  concat,
  constant,
  filled,
  formatShape,
  GanymedeError,
  type Shape,
  type Tensor,
} from '@ganymede/tensor';
import { z } from 'zod';
import { warnOfBatchStatistics } from './batch-statistics.js';
import { interpolates } from './interpolates.js';
import { required } from './loss-input.js';
import { placesOf, rowsByPlace } from './places.js';
import { notNegative } from './ranges.js';
import { squaredSlopes } from './slopes.js';

/** How many points of a batch of `shape` are kept. */
function keptCount(shape: Shape, share: number): number {
  const [batch] = shape;
  if (typeof batch === 'number') return Math.max(1, Math.round(batch * share));
  throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
    message: `maxGradientPenalty: the batch of ${formatShape(shape)} decides how many points are kept, so it must be a number`,
  });
}

const stateOf = ({ state }: RegularizerInput, name: string): Tensor =>
  required(state?.[name] as Tensor | undefined, 'maxGradientPenalty with a buffer', `its state "${name}"`);

/**
 * Max gradient penalty of Lipschitz GANs (Zhou et al. 2019, eq. 11): weight · (largest ‖∇D(x̂)‖ of the batch)², x̂ as in
 * {@link gradientPenalty}; no slope is free, so at the optimum of P = Q the discriminator is flat. With `buffer`, the authors'
 * option, that share of the points (a quarter there), those with the largest slopes, is looked at again in the next step.
 * Warns of batch statistics (`GANYMEDE_BATCH_STATISTICS`). State with `buffer`: `points` [kept, …], `started` [].
 *
 * @throws `GANYMEDE_LOSS_INPUT`, `GANYMEDE_NAMED_DIMENSION`
 */
export const maxGradientPenalty = defineRegularizer({
  id: '@ganymede/losses/max-gradient-penalty',
  summary: 'Largest slope of the batch, squared (Lipschitz GAN, Zhou et al. 2019)',
  reference: {
    title: 'Lipschitz generative adversarial nets',
    authors: 'Zhou et al.',
    year: 2019,
    formulas: { penalty: { equation: 'λ max ‖∇D(x̂)‖²', range: notNegative } },
  },
  options: z.object({
    weight: z.number().positive().default(0.1).describe('λ, factor of the penalty'),
    buffer: z.number().min(0).max(1).default(0).describe('share of the points kept for the next step'),
  }),
  create({ weight, buffer }) {
    const slopesAt = ({ discriminate }: RegularizerInput, points: Tensor): Tensor => {
      const logits = discriminate(points);
      warnOfBatchStatistics('maxGradientPenalty', logits, points);
      return squaredSlopes(logits, points);
    };
    if (buffer === 0) {
      return {
        name: 'max-gradient-penalty',
        penalty: (input) => slopesAt(input, interpolates(input)).max().mul(weight),
      };
    }
    return {
      name: 'max-gradient-penalty',
      init: (shape) => ({
        points: filled([keptCount(shape, buffer), ...(shape.slice(1) as readonly number[])], 0),
        started: filled([], 0),
      }),
      penalty(input) {
        const keep = keptCount(input.real.shape, buffer);
        const points = concat([interpolates(input), stateOf(input, 'points')], 0);
        const count = Number(points.shape[0]);
        const slopes = slopesAt(input, points);
        // Before the first update the kept points are no points of anything: they count as flat.
        const isNew = constant(
          Array.from({ length: count }, (_, i) => (i < count - keep ? 1 : 0)),
          slopes.dtype,
        );
        const counted = slopes.mul(isNew.add(isNew.neg().add(1).mul(stateOf(input, 'started'))));
        const places = placesOf(counted.stopGradient().neg(), count);
        input.ctx.updateBuffer('points', rowsByPlace(points.stopGradient(), places, count, keep));
        input.ctx.updateBuffer('started', constant(filled([], 1)));
        return counted.max().mul(weight);
      },
    };
  },
});
