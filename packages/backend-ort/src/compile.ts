import {
  availableMemory,
  checkMemory,
  type CompileOptions,
  type Executable,
  feedSignature,
} from '@ganymede/core';
import { avoidWebgpuFaults, compileError, residentOutputs } from '@ganymede/ort-session';
import { encodeOnnx, type Graph, isStatic, optimize } from '@ganymede/tensor';
import type { InferenceSession } from 'onnxruntime-node';
import { lowerForCpu } from './cpu/lower-for-cpu.js';
import { createExecutable } from './executable.js';
import { createKernelTrace } from './kernel-trace.js';
import type { Runtime } from './load-runtime.js';
import type { Device, OrtOptions } from './options.js';
import type { Reader } from './read-back.js';
import { sessionOptions } from './session-options.js';

/** What every graph of one backend shares. */
export interface CompileSetting {
  readonly runtime: Runtime;
  readonly device: Device;
  readonly threads: number;
  readonly options: OrtOptions;
  readonly reader: Reader;
}

/** The graph in the form that the device's kernels compute fastest, or rightly. */
function prepare(graph: Graph, device: Device): Graph {
  const optimized = optimize(graph);
  if (device === 'cpu') return optimize(lowerForCpu(optimized));
  return device === 'webgpu' ? avoidWebgpuFaults(optimized) : optimized;
}

/** Optimizes and encodes `graph` and opens a session for it. */
export async function compile(
  setting: CompileSetting,
  graph: Graph,
  { constants = {}, resident = [], profile }: CompileOptions,
  track: (executable: Executable) => () => void,
): Promise<Executable> {
  const { runtime, device, threads, options, reader } = setting;
  const optimized = prepare(graph, device);
  // What a GPU has cannot be asked; there the failed allocation becomes the same error.
  const limit = device === 'cpu' ? availableMemory() : Number.POSITIVE_INFINITY;
  const checkSizes = checkMemory(optimized, limit, `ort on ${device}`);
  const signature = feedSignature(optimized, constants);
  const outputs = Object.keys(optimized.outputs);
  const trace = profile === undefined ? undefined : await createKernelTrace();
  const plan = {
    device,
    threads,
    graphOptimization: options.graphOptimization,
    locations: residentOutputs(optimized, device === 'webgpu' ? resident : []),
    fixedSizes: [...signature.values()].every(({ shape }) => isStatic(shape)),
    profile: trace?.prefix ?? options.profile,
  };
  const bytes = encodeOnnx(optimized, { initializers: constants });
  let session: InferenceSession;
  try {
    session = await runtime.InferenceSession.create(bytes, sessionOptions(plan));
  } catch (cause) {
    await trace?.take(optimized);
    throw compileError(cause, device);
  }
  let untrack = (): void => {};
  const onDispose = async () => {
    untrack();
    if (trace !== undefined) profile?.(await trace.take(optimized));
  };
  const nodes = optimized.nodes.filter((node) => node.inputs.length > 0).length;
  const executable = createExecutable({
    runtime,
    session,
    signature,
    checkSizes,
    outputs,
    nodes,
    reader,
    device,
    onDispose,
  });
  untrack = track(executable);
  return executable;
}
