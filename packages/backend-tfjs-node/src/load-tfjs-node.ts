import { createRequire } from 'node:module';
import process from 'node:process';
import { GanymedeError } from '@ganymede/core';
import type { Tfjs } from './evaluator/index.js';
import { findTfjsNode, type FoundPackage } from './find-tfjs-node.js';
import { restoreRemovedFunctions } from './restore-removed-functions.js';

/** What a run is loaded with; fixed as soon as TensorFlow is in the process. */
export interface LoadOptions {
  /** Packages to look for, the preferred one first. */
  readonly packages: readonly string[];
  readonly from?: string | undefined;
  readonly threads?: number | undefined;
  /** Hide GPUs from TensorFlow. */
  readonly cpuOnly?: boolean;
}

/** TensorFlow for Node, loaded. */
export interface LoadedTfjsNode {
  readonly tf: Tfjs;
  readonly found: FoundPackage;
  /** Version of libtensorflow. */
  readonly version: string;
  readonly gpu: boolean;
}

/** What tfjs-node's own backend object tells beyond what every backend does. */
interface NodeBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_Version: string };
}

const INSTALL =
  'run `npm install @tensorflow/tfjs-node`, or build it on a recent libtensorflow as docs/packages/backend-tfjs-node.md says';

/**
 * Loads TensorFlow for Node on first use, with what Node 23 took away from it put back. Throws `GANYMEDE_BACKEND_UNAVAILABLE`
 * where the package is not installed or its native part does not load.
 */
export function loadTfjsNode({ packages, from, threads, cpuOnly = false }: LoadOptions): LoadedTfjsNode {
  const found = findTfjsNode(packages, from);
  if (found === undefined) throw notInstalled(packages, from);
  restoreRemovedFunctions();
  // Read by libtensorflow when it is loaded; what the user set stays.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  if (threads !== undefined) process.env.TF_NUM_INTRAOP_THREADS = String(threads);
  try {
    const load = (): Tfjs => createRequire(import.meta.url)(found.entry) as Tfjs;
    const tf = cpuOnly ? withoutGpus(load) : load();
    const { isUsingGpuDevice, binding } = backendOf(tf);
    return { tf, found, version: binding.TF_Version, gpu: isUsingGpuDevice };
  } catch (cause) {
    throw doesNotLoad(found, cause);
  }
}

/** TensorFlow looks for GPUs once, when it is loaded; others in this process may still want them. */
function withoutGpus<T>(load: () => T): T {
  const before = process.env.CUDA_VISIBLE_DEVICES;
  process.env.CUDA_VISIBLE_DEVICES = '-1';
  try {
    return load();
  } finally {
    if (before === undefined) delete process.env.CUDA_VISIBLE_DEVICES;
    else process.env.CUDA_VISIBLE_DEVICES = before;
  }
}

/** The backend that the package registers when it is loaded, whichever is the current one. */
const backendOf = (tf: Tfjs): NodeBackend => tf.findBackend('tensorflow') as unknown as NodeBackend;

const notInstalled = (packages: readonly string[], from: string | undefined): GanymedeError =>
  new GanymedeError('GANYMEDE_BACKEND_UNAVAILABLE', {
    message: `${packages.map((name) => `"${name}"`).join(' or ')} is not installed${from === undefined ? '' : ` in ${from}`}`,
    hint: INSTALL,
    data: { packages },
  });

function doesNotLoad({ name, version }: FoundPackage, cause: unknown): GanymedeError {
  const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
  return new GanymedeError('GANYMEDE_BACKEND_UNAVAILABLE', {
    message: `the package "${name}" ${version} is installed but does not load: ${reason}`,
    hint: `its native part is missing or does not fit: ${INSTALL}`,
    data: { packages: [name] },
    cause,
  });
}
