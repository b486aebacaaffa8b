import { checkMemory, type CompileOptions, feedSignature } from '@ganymede/core';
import { avoidWebgpuFaults, compileError, residentOutputs } from '@ganymede/ort-session';
import { encodeOnnx, type Graph, optimize } from '@ganymede/tensor';
import type { InferenceSession } from 'onnxruntime-web';
import { createExecutable, type WebExecutable } from './executable.js';
import type { Runtime } from './load-runtime.js';
import type { WebDevice, WebOptions } from './options.js';

/** What every graph of one backend shares. */
export interface CompileSetting {
  readonly runtime: Runtime;
  readonly device: WebDevice;
  readonly options: WebOptions;
}

/** WebAssembly addresses 4 GiB; what a GPU has cannot be asked. */
const LIMITS: Readonly<Record<WebDevice, number>> = { wasm: 2 ** 32, webgpu: Number.POSITIVE_INFINITY };

/** Optimizes and encodes `graph` and opens a session for it. */
export async function compile(
  { runtime, device, options }: CompileSetting,
  graph: Graph,
  { constants = {}, resident = [] }: CompileOptions,
): Promise<WebExecutable> {
  const optimized = device === 'webgpu' ? avoidWebgpuFaults(optimize(graph)) : optimize(graph);
  const checkSizes = checkMemory(optimized, LIMITS[device], `web on ${device}`);
  const signature = feedSignature(optimized, constants);
  const outputs = Object.keys(optimized.outputs);
  const settings: InferenceSession.SessionOptions = {
    executionProviders: [device],
    graphOptimizationLevel: options.graphOptimization,
    executionMode: 'sequential',
    logSeverityLevel: 4,
    ...residentOutputs(optimized, device === 'webgpu' ? resident : []),
  };
  const bytes = encodeOnnx(optimized, { initializers: constants });
  let session: InferenceSession;
  try {
    session = await runtime.exclusive(() => runtime.InferenceSession.create(bytes, settings));
  } catch (cause) {
    throw compileError(cause, device, 'web');
  }
  const nodes = optimized.nodes.filter((node) => node.inputs.length > 0).length;
  return createExecutable({ runtime, session, signature, checkSizes, outputs, nodes, device });
}
