import { firstNonFinite, GanymedeError } from '@ganymede/tensor';
import type { StepReport } from './algorithm.js';
import type { State } from './step.js';

interface Facts {
  readonly step?: string;
  readonly metric?: string;
  readonly entry?: string;
  readonly iteration: number;
  readonly lastGood: string | undefined;
}

function nonFinite(what: string, facts: Facts): GanymedeError {
  const { iteration, lastGood } = facts;
  return new GanymedeError('GANYMEDE_NON_FINITE', {
    message: `${what} in iteration ${iteration}`,
    hint:
      (lastGood === undefined
        ? 'there is no checkpoint from before it'
        : `the last good checkpoint is "${lastGood}"; this state was not saved`) +
      '\n  lower the learning rate, look at the data, or add a gradient penalty or clipping',
    data: { ...facts },
  });
}

/** `GANYMEDE_NON_FINITE` for the first metric that is NaN or infinite, or undefined. */
export function nonFiniteMetric(
  { step, metrics }: StepReport,
  iteration: number,
  lastGood: string | undefined,
): GanymedeError | undefined {
  for (const metric in metrics) {
    if (Number.isFinite(metrics[metric])) continue;
    const what = `metric "${metric}" of step "${step}" became ${metrics[metric]}`;
    return nonFinite(what, { step, metric, iteration, lastGood });
  }
  return undefined;
}

/** `GANYMEDE_NON_FINITE` for the first state entry that holds a NaN or infinity, or undefined: it must not be saved. */
export function nonFiniteState(
  state: State,
  iteration: number,
  lastGood: string | undefined,
): GanymedeError | undefined {
  for (const [entry, x] of Object.entries(state)) {
    const at = firstNonFinite(x);
    if (at >= 0)
      return nonFinite(`state entry "${entry}" became ${x.data[at]}`, { entry, iteration, lastGood });
  }
  return undefined;
}
