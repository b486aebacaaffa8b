import { GanymedeError } from '@ganymede/tensor';

/** Both sides of the fluctuation-dissipation relation of one player. */
export interface FluctuationDissipation {
  /** Mean of (θ − c)·g: what the gradient takes back. */
  readonly dissipation: number;
  /** Mean of η/2 |g|²: what a step adds. */
  readonly fluctuation: number;
  /** dissipation / fluctuation: 1 when stationary, larger on the way to equilibrium, smaller or negative on the way out. */
  readonly ratio: number;
  /** Standard error of the ratio, from batches of consecutive steps. */
  readonly error: number;
}

/** Options of {@link fluctuationDissipation}. */
export interface FluctuationDissipationOptions {
  /** η, the learning rate of plain gradient descent (or ascent). */
  readonly rate: number;
  /** c, from where parameters are measured; any point will do for a stationary law. Default: the trajectory's mean. */
  readonly centre?: readonly number[];
  /** Runs of consecutive steps whose means give the standard error, at least 2. @defaultValue 20 */
  readonly batches?: number;
}

/**
 * The fluctuation-dissipation relation of stochastic gradient steps (Yaida 2018, eq. 8; for GANs Cao and Guo 2020, theorem 3): under a
 * stationary law E|θ − c|² does not change in a step, so that E[(θ − c)·g] = η/2 E|g|², with g the minibatch gradient that was
 * descended (or minus the one ascended). It holds for any network, loss and rate, so it tells whether a run has settled.
 *
 * `trajectory` has one player's parameters after consecutive updates of plain stochastic gradient descent, at constant rate: g is
 * (θ_t − θ_{t+1})/η. Throws GANYMEDE_TOO_FEW_SAMPLES for fewer than two steps per batch.
 */
export function fluctuationDissipation(
  trajectory: readonly ArrayLike<number>[],
  { rate, centre, batches = 20 }: FluctuationDissipationOptions,
): FluctuationDissipation {
  const steps = trajectory.length - 1;
  if (steps < 2 * batches || batches < 2) {
    throw new GanymedeError('GANYMEDE_TOO_FEW_SAMPLES', {
      message: `fluctuation-dissipation: expected at least ${2 * Math.max(batches, 2)} steps, received ${steps}`,
      hint: 'record more updates, or ask for fewer `batches` (at least 2)',
    });
  }
  const from = centre ?? meanOf(trajectory);
  const [dissipations, fluctuations]: [number[], number[]] = [[], []];
  for (let t = 0; t < steps; t++) {
    const [now, next] = [trajectory[t], trajectory[t + 1]] as [ArrayLike<number>, ArrayLike<number>];
    let [back, square] = [0, 0];
    for (let i = 0; i < now.length; i++) {
      const g = ((now[i] as number) - (next[i] as number)) / rate;
      back += ((now[i] as number) - (from[i] as number)) * g;
      square += g * g;
    }
    dissipations.push(back);
    fluctuations.push((rate / 2) * square);
  }
  const [dissipation, fluctuation] = [average(dissipations), average(fluctuations)];
  const ratio = dissipation / fluctuation;
  return { dissipation, fluctuation, ratio, error: errorOf(dissipations, fluctuations, ratio, batches) };
}

/** The ratio's standard error from the batches' means of its linearization, dissipation − ratio · fluctuation. */
function errorOf(
  dissipations: readonly number[],
  fluctuations: readonly number[],
  ratio: number,
  batches: number,
): number {
  const size = Math.floor(dissipations.length / batches);
  const slack = dissipations.map((d, i) => d - ratio * (fluctuations[i] as number));
  const means = Array.from({ length: batches }, (_, b) => average(slack.slice(b * size, (b + 1) * size)));
  const centre = average(means);
  const variance = means.reduce((sum, m) => sum + (m - centre) ** 2, 0) / (batches - 1);
  return Math.sqrt(variance / batches) / average(fluctuations);
}

const average = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;

function meanOf(trajectory: readonly ArrayLike<number>[]): readonly number[] {
  const { length } = trajectory[0] as ArrayLike<number>;
  return Array.from({ length }, (_, i) => average(trajectory.map((x) => x[i] as number)));
}
