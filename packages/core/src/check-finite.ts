import { firstNonFinite, GanymedeError } from '@ganymede/tensor';
import type { StepReport } from './algorithm.js';
import { formatOrigin, type NonFiniteOrigin } from './find-non-finite.js';
import type { State } from './step.js';

interface Facts {
  readonly step?: string;
  readonly metric?: string;
  readonly entry?: string;
  readonly iteration: number;
  readonly lastGood: string | undefined;
  /** Where it began, if that was looked for: null where nothing was found. */
  readonly origin?: NonFiniteOrigin | null;
}

/** What is known of the origin, or how to find it. */
function story({ origin, lastGood }: Facts): readonly string[] {
  if (origin === null)
    return ['computed again with every tensor looked at it stayed finite: it is at the edge of overflow'];
  if (origin !== undefined) return formatOrigin(origin);
  const again = lastGood === undefined ? 'train' : 'resume';
  return [`${again} with \`debug: 'nonfinite'\` (\`--debug nonfinite\`) to see which operator it began with`];
}

function nonFinite(what: string, facts: Facts): GanymedeError {
  const { iteration, lastGood } = facts;
  return new GanymedeError('GANYMEDE_NON_FINITE', {
    message: `${what} in iteration ${iteration}`,
    hint: [
      ...story(facts),
      lastGood === undefined
        ? 'there is no checkpoint from before it'
        : `the last good checkpoint is "${lastGood}"; this state was not saved`,
      'lower the learning rate, look at the data, or add a gradient penalty or clipping',
    ].join('\n  '),
    data: { ...facts },
  });
}

/** The error for what was found in a call of a step that `debug` looks at. */
export function nonFiniteCall(
  { output, value, step }: { readonly output: string; readonly value: number; readonly step: string },
  {
    origin,
    ...rest
  }: Pick<Facts, 'iteration' | 'lastGood'> & { readonly origin: NonFiniteOrigin | undefined },
): GanymedeError {
  const facts = { step, ...rest, origin: origin ?? null };
  const name = output.slice(output.indexOf('/') + 1);
  return output.startsWith('next/')
    ? nonFinite(`step "${step}": the next value of "${name}" became ${value}`, { ...facts, entry: name })
    : nonFinite(`metric "${name}" of step "${step}" became ${value}`, { ...facts, metric: name });
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
