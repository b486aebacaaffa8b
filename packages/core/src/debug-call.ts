import { firstNonFinite, type GanymedeError } from '@ganymede/tensor';
import type { Step } from './step.js';
import { type Backend, toHost } from './backend.js';
import { nonFiniteCall } from './check-finite.js';
import type { StepCall, StepOutcome } from './compile-step.js';
import { findNonFinite } from './find-non-finite.js';
import type { StateTypes } from './state-reader.js';

/** What a run looks at while it trains, at the cost of speed. `nonfinite`: everything that every step gives. */
export type DebugMode = 'nonfinite';

/** A call of a step, and what it gave. */
export interface DebuggedCall {
  readonly step: Step;
  readonly types: StateTypes;
  readonly backend: Backend;
  readonly call: StepCall;
  readonly outcome: StepOutcome;
  readonly iteration: number;
  readonly lastGood: string | undefined;
}

/**
 * Looks at all that a call of a step gave, metrics and next state, before the state is replaced. Where something is not
 * finite, the call is run again to see where it began (`GANYMEDE_NON_FINITE`).
 */
export async function debugCall(debugged: DebuggedCall): Promise<GanymedeError | undefined> {
  const { step, types, backend, call, outcome, iteration, lastGood } = debugged;
  const found: { readonly output: string; readonly value: number; readonly step: string }[] = [];
  for (const [metric, value] of Object.entries(outcome.report.metrics))
    if (!Number.isFinite(value)) found.push({ output: `output/${metric}`, value, step: step.name });
  for (const [path, held] of outcome.updates) {
    const value = await toHost(held);
    const at = firstNonFinite(value);
    if (at >= 0) found.push({ output: `next/${path}`, value: Number(value.data[at]), step: step.name });
  }
  const [first] = found;
  if (first === undefined) return undefined;
  const outputs = found.map(({ output }) => output);
  const origin = await findNonFinite({ step, types, backend, call, outputs });
  return nonFiniteCall(first, { iteration, lastGood, origin });
}
