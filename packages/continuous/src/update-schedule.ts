/** How often each network is updated in one iteration. */
export interface UpdateSchedule {
  /**
   * Discriminator updates, each on a fresh batch and fresh latents: a number, or a function of the iterations done so far such as
   * {@link wganCritics}. At least 1.
   */
  readonly discriminator: number | ((iteration: number) => number);
  /** Generator updates after that, from the second on each with fresh latents. At least 1. */
  readonly generator: number;
}

/**
 * `discriminator` updates of the discriminator, then `generator` of the generator against the new discriminator (Goodfellow et al.
 * 2014, algorithm 1, k = `discriminator`). With one each, both updates are one step and share one generator pass.
 */
export const alternating = ({
  discriminator = 1,
  generator = 1,
}: Partial<UpdateSchedule> = {}): UpdateSchedule => ({ discriminator, generator });

/** Options of {@link wganCritics}. */
export interface WganCriticsOptions {
  /** Critic updates in an ordinary iteration. @defaultValue 5 */
  readonly ordinary?: number;
  /** Critic updates in the first iterations and every now and then. @defaultValue 100 */
  readonly thorough?: number;
  /** How many first iterations are thorough. @defaultValue 25 */
  readonly first?: number;
  /** Every how many iterations one is thorough. @defaultValue 500 */
  readonly every?: number;
}

/**
 * The critic updates of the WGAN authors' code (Arjovsky et al. 2017): 100 while fewer than 25 iterations are done or their number is
 * a multiple of 500, else 5. For `alternating({ discriminator: wganCritics() })`.
 */
export const wganCritics =
  ({ ordinary = 5, thorough = 100, first = 25, every = 500 }: WganCriticsOptions = {}) =>
  (iteration: number): number =>
    iteration < first || iteration % every === 0 ? thorough : ordinary;
