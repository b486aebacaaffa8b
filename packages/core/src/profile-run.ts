import { GanymedeError, type Value } from '@ganymede/tensor';
import type { Dataset } from './dataset.js';
import type { HeldState } from './held-state.js';
import { profileStep, type StepProfile } from './profile-step.js';
import type { RunParts } from './run-parts.js';

/** How often each step is called while a run is profiled. */
export interface ProfileOptions {
  /** Calls of each step that count, after two that do not. Default 10. */
  readonly calls?: number;
}

/** Where the time and the memory of a run's steps go. */
export interface RunProfile {
  readonly algorithm: string;
  /** For people: `ort · cpu · 2 threads`. */
  readonly backend: string;
  readonly batchSize: number;
  readonly steps: readonly StepProfile[];
}

/** The first examples, or nothing where the data is not at hand: a run opened without it can be profiled all the same. */
async function firstBatch(dataset: Dataset, batchSize: number): Promise<Record<string, Value> | undefined> {
  try {
    return { ...(await dataset.read(Uint32Array.from({ length: batchSize }, (_, i) => i % dataset.length))) };
  } catch (error) {
    if (GanymedeError.is(error, 'GANYMEDE_RESUME_DATA')) return undefined;
    throw error;
  }
}

/** Profiles every step of an algorithm, each on the state as it is. See `Run.profile`. */
export async function profileRun(
  { algorithm, algorithmId, backend, dataset, batchSize, rng, clock }: RunParts,
  state: HeldState,
  { calls = 10 }: ProfileOptions,
): Promise<RunProfile> {
  if (!Number.isInteger(calls) || calls < 1) {
    throw new GanymedeError('GANYMEDE_STEPS', {
      message: `expected to profile at least 1 call of each step, received ${calls}`,
      hint: 'give a whole number of calls, such as 10',
    });
  }
  const batch = await firstBatch(dataset, batchSize);
  const steps: StepProfile[] = [];
  for (const [name, step] of Object.entries(algorithm.steps)) {
    const asked = { step, types: state.types, backend, state: state.entries, batch, calls, clock };
    steps.push(await profileStep({ ...asked, rng: rng.child(`step/${name}`) }));
  }
  return { algorithm: algorithmId, backend: backend.summary, batchSize, steps };
}
