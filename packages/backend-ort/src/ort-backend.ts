import { availableParallelism } from 'node:os';
import { type Backend, defineBackend, type Executable } from '@ganymede/core';
import { compile } from './compile.js';
import { chooseDevice, devices } from './devices.js';
import { loadRuntime } from './load-runtime.js';
import { createArrayPool } from './native/array-pool.js';
import { loadOrtApi } from './native/ort-api.js';
import { type Device, type OrtOptions, ortOptions } from './options.js';
import { createReader } from './read-back.js';

const summaryOf = (device: Device, threads: number): string =>
  device === 'cpu' ? `ort · cpu · ${threads} ${threads === 1 ? 'thread' : 'threads'}` : `ort · ${device}`;

/**
 * Runs graphs with ONNX Runtime (`onnxruntime-node`) on the CPU, on WebGPU, or on CUDA where its libraries are installed.
 *
 * On the CPU the same feeds give the same bits at the same number of threads. `run` computes inside the call and blocks the
 * event loop meanwhile: use a worker thread where something else has to stay responsive. Outputs named in `resident` stay in GPU
 * memory, or on the CPU (with known sizes, where koffi loads) in memory that is used again; whoever got one disposes it.
 *
 * Errors: `GANYMEDE_BACKEND_UNAVAILABLE` without the package, `GANYMEDE_BACKEND_DEVICE` where the device asked for cannot be
 * used, `GANYMEDE_BACKEND_OPERATOR` and `GANYMEDE_BACKEND_COMPILE` from compiling, `GANYMEDE_FEED` and
 * `GANYMEDE_BACKEND_RUN` from running.
 */
export const ortBackend = defineBackend({
  id: '@ganymede/backend-ort/ort',
  summary: 'ONNX Runtime for Node: CPU, WebGPU, CUDA',
  options: ortOptions,
  devices,
  create: createBackend,
});

async function createBackend(options: OrtOptions): Promise<Backend> {
  const runtime = await loadRuntime();
  const { device, notice } = await chooseDevice(options.device);
  const threads = options.threads ?? availableParallelism();
  const reader = createReader(runtime, device);
  const native = device === 'cpu' ? await loadOrtApi() : undefined;
  const setting = { runtime, device, threads, options, reader, native, pool: createArrayPool() };
  const open = new Set<Executable>();
  return {
    name: 'ort',
    device,
    summary: summaryOf(device, threads),
    ...(notice === undefined ? {} : { notice }),
    flags: { float64: false, deterministic: device === 'cpu', profiles: true },
    compile: (graph, compileOptions = {}) =>
      compile(setting, graph, compileOptions, (executable) => {
        open.add(executable);
        return () => open.delete(executable);
      }),
    async dispose() {
      await Promise.all([...open].map((executable) => executable.dispose()));
      await reader.dispose();
    },
  };
}
