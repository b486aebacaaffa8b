import {
  availableMemory,
  checkMemory,
  type CompileOptions,
  type Executable,
  feedSignature,
} from '@ganymede/core';
import {
  avoidWebgpuFaults,
  compileError,
  residentOutputs,
  sessionExecutable,
  type SessionParts,
} from '@ganymede/ort-session';
import { encodeOnnx, type Graph, isStatic, optimize } from '@ganymede/tensor';
import type { InferenceSession } from 'onnxruntime-node';
import { lowerForCpu } from './cpu/lower-for-cpu.js';
import { splitTransposes } from './cpu/split-transposes.js';
import { createExecutable } from './executable.js';
import { createKernelTrace } from './kernel-trace.js';
import type { Runtime } from './load-runtime.js';
import type { Device, OrtOptions } from './options.js';
import type { ArrayPool } from './native/array-pool.js';
import { nativeRun } from './native/native-run.js';
import { createNativeSession, type NativeSession } from './native/native-session.js';
import type { OrtApi } from './native/ort-api.js';
import type { Reader } from './read-back.js';
import { type Level, levelFor, sessionOptions } from './session-options.js';

/** What every graph of one backend shares. */
export interface CompileSetting {
  readonly runtime: Runtime;
  readonly device: Device;
  readonly threads: number;
  readonly options: OrtOptions;
  readonly reader: Reader;
  /** ONNX Runtime's C interface, where it can be had: nothing is copied then. */
  readonly native: OrtApi | undefined;
  readonly pool: ArrayPool;
}

/** The graph in the form that the device's kernels compute fastest, or rightly. */
function prepare(graph: Graph, { device, threads }: CompileSetting, training: boolean): Graph {
  const optimized = optimize(graph);
  if (device === 'cpu') {
    const lowered = optimize(lowerForCpu(optimized, { training }));
    return threads > 1 ? splitTransposes(lowered) : lowered;
  }
  return device === 'webgpu' ? avoidWebgpuFaults(optimized) : optimized;
}

/** Optimizes and encodes `graph` and opens a session for it. */
export async function compile(
  setting: CompileSetting,
  graph: Graph,
  options: CompileOptions,
  track: (executable: Executable) => () => void,
): Promise<Executable> {
  const { device, native } = setting;
  const optimized = prepare(graph, setting, options.training ?? false);
  // What a GPU has cannot be asked; there the failed allocation becomes the same error.
  const limit = device === 'cpu' ? availableMemory() : Number.POSITIVE_INFINITY;
  const checkSizes = checkMemory(optimized, limit, `ort on ${device}`);
  const { constants = {}, profile } = options;
  const signature = feedSignature(optimized, constants);
  const fixed = [...signature.values(), ...Object.values(optimized.outputs)].every(({ shape }) =>
    isStatic(shape),
  );
  let untrack = (): void => {};
  const plan = {
    graph: optimized,
    bytes: encodeOnnx(optimized, { initializers: constants }),
    level: levelFor(setting.options.graphOptimization, device, fixed),
    parts: {
      signature,
      checkSizes,
      outputs: Object.keys(optimized.outputs),
      nodes: optimized.nodes.filter((node) => node.inputs.length > 0).length,
      device,
      onDispose: async () => untrack(),
    },
  };
  const traced = profile !== undefined || setting.options.profile !== undefined;
  const executable =
    native !== undefined && fixed && !traced
      ? openNative(setting, native, plan, options)
      : await openRuntime(setting, plan, options);
  untrack = track(executable);
  return executable;
}

/** A graph ready for a session. */
interface Prepared {
  readonly graph: Graph;
  readonly bytes: Uint8Array;
  readonly level: Level;
  readonly parts: Omit<SessionParts, 'backend' | 'run'>;
}

/** A session that copies nothing. */
function openNative(
  { threads, pool, device }: CompileSetting,
  native: OrtApi,
  { graph, bytes, level, parts }: Prepared,
  { resident = [] }: CompileOptions,
): Executable {
  let session: NativeSession;
  try {
    session = createNativeSession(native, bytes, { threads, graphOptimization: level });
  } catch (cause) {
    throw compileError(cause, device);
  }
  return sessionExecutable({
    ...parts,
    backend: 'ort',
    run: nativeRun(session, graph, resident, pool),
    async onDispose() {
      session.release();
      await parts.onDispose();
    },
  });
}

/** A session of onnxruntime-node. */
async function openRuntime(
  { runtime, device, threads, options, reader }: CompileSetting,
  { graph, bytes, level, parts }: Prepared,
  { resident = [], profile }: CompileOptions,
): Promise<Executable> {
  const trace = profile === undefined ? undefined : await createKernelTrace();
  const settings = sessionOptions({
    device,
    threads,
    graphOptimization: level,
    locations: residentOutputs(graph, device === 'webgpu' ? resident : []),
    profile: trace?.prefix ?? options.profile,
  });
  let session: InferenceSession;
  try {
    session = await runtime.InferenceSession.create(bytes, settings);
  } catch (cause) {
    await trace?.take(graph);
    throw compileError(cause, device);
  }
  return createExecutable({
    ...parts,
    runtime,
    session,
    reader,
    async onDispose() {
      await parts.onDispose();
      if (trace !== undefined) profile?.(await trace.take(graph));
    },
  });
}
