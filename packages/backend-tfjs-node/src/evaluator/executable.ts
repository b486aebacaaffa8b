import { checkFeeds, type Executable, GanymedeError, type Held, type KernelRun } from '@ganymede/core';
import type { Plan } from './plan.js';
import { createKernelRecorder } from './record-kernels.js';
import { type FedTensor, runPlan } from './run-plan.js';
import type { Tfjs, TfTensor } from './tfjs.js';
import { deviceValue, download, tensorFor, upload } from './values.js';

/** What an executable is made of. */
export interface ExecutableParts {
  readonly tf: Tfjs;
  readonly plan: Plan;
  /** Outputs that stay where TensorFlow.js has them. */
  readonly resident: ReadonlySet<string>;
  /** Makes the backend of TensorFlow.js the current one, which is a setting of the whole process. */
  readonly select: () => Promise<void>;
  /** Given what every kernel took, once, when the executable is disposed. */
  readonly profile?: ((kernels: readonly KernelRun[]) => void) | undefined;
  /** Called once, when the executable is disposed. */
  readonly onDispose: () => void;
}

/** A plan with its constants in place. */
export function createExecutable({
  tf,
  plan,
  resident,
  select,
  profile,
  onDispose,
}: ExecutableParts): Executable {
  const recorder = profile && createKernelRecorder();
  const constants = new Map<number, TfTensor>();
  for (const [slot, value] of plan.constants) constants.set(slot, upload(tf, value, 'constant'));
  let disposed = false;
  return {
    inputs: [...plan.signature.keys()],
    outputs: plan.outputs.map(({ name }) => name),
    nodes: plan.steps.length,
    async run(feeds) {
      if (disposed) throw alreadyDisposed();
      checkFeeds(plan.signature, feeds);
      await select();
      const results = runPlan(
        tf,
        plan,
        constants,
        tensorsFor(tf, plan, feeds),
        (name) => (feeds[name] as Held).shape,
        recorder?.nextRun(),
      );
      return collect(plan, results, resident, buffersOf(feeds));
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      for (const tensor of constants.values()) tensor.dispose();
      if (recorder !== undefined) profile?.(recorder.kernels);
      onDispose();
    },
  };
}

/** The feeds as tensors; should one be refused, those made before it are freed. */
function tensorsFor(
  tf: Tfjs,
  { feeds: slots }: Plan,
  feeds: Readonly<Record<string, Held>>,
): Map<string, FedTensor> {
  const fed = new Map<string, FedTensor>();
  try {
    for (const name of slots.keys()) fed.set(name, tensorFor(tf, feeds[name] as Held, name));
    return fed;
  } catch (error) {
    for (const { tensor, owned } of fed.values()) if (owned) tensor.dispose();
    throw error;
  }
}

async function collect(
  { outputs }: Plan,
  results: readonly TfTensor[],
  resident: ReadonlySet<string>,
  fed: ReadonlySet<unknown>,
): Promise<Record<string, Held>> {
  const entries = outputs.map(async ({ name, dtype }, i): Promise<readonly [string, Held]> => {
    const tensor = results[i] as TfTensor;
    if (resident.has(name)) return [name, deviceValue(tensor, dtype)];
    try {
      const value = await download(tensor, dtype);
      // Where nothing was computed on it the array is the one that was fed, which belongs to somebody else.
      return [
        name,
        fed.has(value.data.buffer) ? { ...value, data: value.data.slice() as typeof value.data } : value,
      ];
    } finally {
      tensor.dispose();
    }
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The memory that host values lie in. */
const buffersOf = (feeds: Readonly<Record<string, Held>>): Set<unknown> =>
  new Set(Object.values(feeds).map((x) => ('data' in x ? x.data.buffer : undefined)));

const alreadyDisposed = (): GanymedeError =>
  new GanymedeError('GANYMEDE_BACKEND_RUN', {
    message: 'this executable was disposed and cannot run any more',
    hint: 'compile the graph again, or dispose later',
  });
