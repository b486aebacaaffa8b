import { GanymedeError, type TensorType, type Value, valueOf } from '@ganymede/tensor';
import { type Backend, isOnDevice, type KernelRun } from './backend.js';
import type { Clock } from './clock.js';
import { type CompiledStep, compileStep, type StepCall } from './compile-step.js';
import { type KernelSummary, summarizeKernels } from './kernel-summary.js';
import { median } from './median.js';
import type { Rng } from './rng.js';
import type { StateTypes } from './state-reader.js';
import type { Step } from './step.js';

/** Where the time and the memory of a step go. */
export interface StepProfile extends KernelSummary {
  readonly step: string;
  readonly nodes: number;
  readonly calls: number;
  /** Seconds to build and compile it. */
  readonly compileSeconds: number;
  /** Milliseconds of a call while no kernel is timed: the median. */
  readonly milliseconds: number;
  /** Every kernel of every call. */
  readonly kernels: readonly KernelRun[];
  /** Batch entries that the data does not have and that were made up. */
  readonly madeUp: readonly string[];
}

/** A step to be profiled, and what it is called with. */
export interface ProfiledStep {
  readonly step: Step;
  readonly types: StateTypes;
  readonly backend: Backend;
  readonly state: StepCall['state'];
  /** A batch of the data, if it can be read: entries of the step's names and types are taken from it. */
  readonly batch: Readonly<Record<string, Value>> | undefined;
  readonly rng: Rng;
  readonly calls: number;
  readonly clock: Clock;
}

/**
 * Calls a step again and again on the same state, first to take the time of whole calls, then of each kernel. Changes nothing.
 * Throws `GANYMEDE_PROFILE_UNSUPPORTED` where the backend cannot tell.
 */
export async function profileStep(asked: ProfiledStep): Promise<StepProfile> {
  const { step, types, backend, calls, clock } = asked;
  if (backend.flags.profiles !== true) throw unsupported(backend);
  const { batch, madeUp } = batchFor(step, asked);
  const began = clock.elapsed();
  const plain = await compileStep(step, types, backend);
  const compileSeconds = (clock.elapsed() - began) / 1000;
  const times = await callOften(plain, { ...asked, batch });
  let kernels: readonly KernelRun[] = [];
  const profile = (runs: readonly KernelRun[]): void => {
    kernels = runs;
  };
  const timed = await compileStep(step, types, backend, { profile });
  await callOften(timed, { ...asked, batch });
  const warm = kernels.filter(({ run }) => run >= warmUp).map((x) => ({ ...x, run: x.run - warmUp }));
  return {
    step: step.name,
    nodes: plain.nodes,
    calls,
    compileSeconds,
    milliseconds: median(times),
    ...summarizeKernels(warm),
    kernels: warm,
    madeUp,
  };
}

/** Calls that are not counted: the first ones allocate memory. */
const warmUp = 2;

/** Calls a step, then disposes it; the milliseconds of each call after the first ones. */
async function callOften(
  step: CompiledStep,
  { state, batch, rng, calls, clock }: Pick<ProfiledStep, 'state' | 'batch' | 'rng' | 'calls' | 'clock'>,
): Promise<number[]> {
  const times: number[] = [];
  try {
    for (let call = 0; call < warmUp + calls; call++) {
      const began = clock.elapsed();
      const { updates } = await step.run({ state, ...(batch && { batch }), rng, call });
      if (call >= warmUp) times.push(clock.elapsed() - began);
      for (const held of updates.values()) if (isOnDevice(held)) held.dispose();
    }
  } finally {
    await step.dispose();
  }
  return times;
}

/** What the step wants: of the data, else made up: normal numbers, zeros for integers, which index whatever there is. */
function batchFor(
  step: Step,
  { batch, rng }: ProfiledStep,
): { readonly batch: Record<string, Value>; readonly madeUp: readonly string[] } {
  const madeUp: string[] = [];
  const fits = (x: Value | undefined, { dtype, shape }: TensorType): x is Value =>
    x !== undefined && x.dtype === dtype && x.shape.join() === shape.join();
  const entries = Object.entries(step.batch).map(([name, type]) => {
    const known = batch?.[name];
    if (fits(known, type)) return [name, known] as const;
    madeUp.push(name);
    const shape = type.shape as readonly number[];
    const drawn = rng.child(`profile/${name}`).draw(shape, { kind: 'normal' });
    if (type.dtype === 'float32') return [name, drawn] as const;
    const numbers = type.dtype === 'float64' ? drawn.data : new Uint8Array(drawn.data.length);
    return [name, valueOf(numbers as ArrayLike<number>, shape, type.dtype)] as const;
  });
  return { batch: Object.fromEntries(entries), madeUp };
}

const unsupported = ({ name, device }: Backend): GanymedeError =>
  new GanymedeError('GANYMEDE_PROFILE_UNSUPPORTED', {
    message: `the backend ${name} · ${device} does not tell what its kernels take`,
    hint: 'profile on another backend, such as ort on the CPU (`--backend ort --device cpu`)',
  });
