import type { Network, Scheduled } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';
import { stateless } from './stateless.js';

/**
 * Adds Gaussian noise of standard deviation `std`, a number of 0 or more or a schedule, in training; identity otherwise. Any
 * shape. At the front of a discriminator it is instance noise (Sønderby et al. 2017; Arjovsky and Bottou 2017): data and model
 * overlap, and the schedule brings the noise to 0. Deeper in it is a regularizer (Salimans et al. 2016).
 *
 * ```ts
 * import { dense, instanceNoise, leakyRelu, schedules, sequential } from '@ganymede/nn';
 *
 * const discriminator = sequential(
 *   instanceNoise(schedules.linear({ from: 0.1, to: 0, steps: 10_000 })),
 *   dense(64),
 *   leakyRelu(0.2),
 *   dense(1),
 * );
 * discriminator.buffers; // => []
 * ```
 *
 * @throws `GANYMEDE_OPTION`
 */
export function instanceNoise(std: Scheduled): Network {
  if (typeof std === 'number' && !(std >= 0)) {
    throw new GanymedeError('GANYMEDE_OPTION', {
      message: `instanceNoise: std must be 0 or more, received ${std}`,
      data: { layer: 'instanceNoise', option: 'std' },
    });
  }
  return stateless('noise', (x, ctx) => {
    if (!ctx.training || std === 0) return x;
    return x.add(ctx.noise('added', x.shape, { kind: 'normal' }).mul(ctx.scalar('std', std)));
  });
}
