import { GanymedeError } from '@ganymede/core';
import { accumulate } from '@ganymede/nn';
import type { AdversarialParts } from './adversarial-parts.js';

/**
 * The parts, with optimizers that add up the gradients of `accumulate` batches. Throws `GANYMEDE_OPTION` for dynamics whose moves are no
 * function of one gradient per player.
 */
export function withAccumulation(parts: AdversarialParts): {
  readonly parts: AdversarialParts;
  readonly batchesPerUpdate: number;
} {
  const { accumulate: count = 1, optimizers, dynamics } = parts;
  if (count > 1 && dynamics !== undefined && dynamics.additive !== true) {
    throw new GanymedeError('GANYMEDE_OPTION', {
      message: `adversarial: the gradients of ${count} batches cannot be added up for the dynamics "${dynamics.name}", which takes them at several points or differentiates them`,
      hint: 'leave out `accumulate` or `dynamics`, or use simultaneous()',
      data: { option: 'accumulate', dynamics: dynamics.name },
    });
  }
  const generator = accumulate(optimizers.generator, count);
  const discriminator = accumulate(optimizers.discriminator, count);
  return { parts: { ...parts, optimizers: { generator, discriminator } }, batchesPerUpdate: count };
}
