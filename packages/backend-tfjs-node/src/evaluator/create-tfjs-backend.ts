import { type Backend, type Executable, GanymedeError } from '@ganymede/core';
import { createExecutable } from './executable.js';
import { planGraph } from './plan.js';
import type { Tfjs } from './tfjs.js';

/** Options of {@link createTfjsBackend}. */
export interface TfjsBackendOptions {
  /** TensorFlow.js as imported: `@tensorflow/tfjs-core`, or a package that hands it on, such as `@tensorflow/tfjs-node`. */
  readonly tf: Tfjs;
  /** The backend of TensorFlow.js, registered already: `cpu`, `wasm`, `webgpu`, `tensorflow`. */
  readonly backendName: string;
  /** For people and logs. @defaultValue the backend's name */
  readonly device?: string;
  /** Short name of the backend. @defaultValue 'tfjs' */
  readonly name?: string;
  /** @defaultValue `<name> · <device>` */
  readonly summary?: string;
  /** Whether the same feeds give the same bits. @defaultValue true */
  readonly deterministic?: boolean;
}

/**
 * Runs graphs on a backend of TensorFlow.js, in Node or in a browser: every operator with TensorFlow.js's kernels, forward only,
 * each tensor freed as soon as nothing needs it. Derivatives are part of the graph, so that TensorFlow.js's own are not used.
 *
 * int64 and uint8 are held as int32: a feed or constant beyond it is refused (`GANYMEDE_FEED`), results beyond it wrap around.
 * Outputs named in `resident` stay where TensorFlow.js has them. Throws `GANYMEDE_BACKEND_DEVICE` where the backend does not
 * start; from compiling `GANYMEDE_BACKEND_OPERATOR` (float64, operators without kernels), from running `GANYMEDE_FEED` and
 * `GANYMEDE_BACKEND_RUN`.
 */
export async function createTfjsBackend({
  tf,
  backendName,
  name = 'tfjs',
  device = backendName,
  summary = `${name} · ${device}`,
  deterministic = true,
}: TfjsBackendOptions): Promise<Backend> {
  if (tf.findBackendFactory(backendName) == null) throw doesNotStart(backendName);
  const select = async (): Promise<void> => {
    if (tf.getBackend() !== backendName && !(await tf.setBackend(backendName)))
      throw doesNotStart(backendName);
  };
  await select();
  await tf.ready();
  const abilities = {
    backendName,
    has: (kernel: string) =>
      tf.getKernel(kernel, backendName) != null && !faulty.has(`${backendName}/${kernel}`),
  };
  const open = new Set<Executable>();
  return {
    name,
    device,
    summary,
    flags: { float64: false, deterministic, profiles: timed.has(backendName) && device !== 'gpu' },
    async compile(graph, { constants = {}, resident = [], profile } = {}) {
      const plan = planGraph(graph, constants, abilities);
      await select();
      const executable = createExecutable({
        tf,
        plan,
        select,
        resident: new Set(resident),
        profile,
        onDispose: () => open.delete(executable),
      });
      open.add(executable);
      return executable;
    },
    async dispose() {
      await Promise.all([...open].map((executable) => executable.dispose()));
    },
  };
}

/** Backends whose kernels have computed when they return, so that their time can be taken. */
const timed: ReadonlySet<string> = new Set(['cpu', 'wasm', 'tensorflow']);

/** Kernels of TensorFlow.js 4.22 that give wrong numbers without a word, or write into what they are given. */
const faulty: ReadonlySet<string> = new Set(['cpu/TensorScatterUpdate', 'wasm/Conv3DBackpropInputV2']);

const doesNotStart = (backendName: string): GanymedeError =>
  new GanymedeError('GANYMEDE_BACKEND_DEVICE', {
    message: `the backend "${backendName}" of TensorFlow.js does not start here`,
    hint: `import the package that brings it (such as @tensorflow/tfjs-backend-${backendName}) before`,
    data: { device: backendName },
  });
