/** How often each network is updated in one iteration. */
export interface UpdateSchedule {
  /** Discriminator updates, each on a fresh batch and fresh latents, before the generator's one. */
  readonly discriminator: number;
}

/**
 * Alternating updates: `discriminator` updates of the discriminator, then one of the generator against the new
 * discriminator (Goodfellow et al. 2014, algorithm 1, k = `discriminator`). With one each, both updates are one step and share
 * one generator pass.
 */
export const alternating = ({ discriminator = 1 }: Partial<UpdateSchedule> = {}): UpdateSchedule => ({
  discriminator,
});
