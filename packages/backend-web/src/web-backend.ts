import { type Backend, defineBackend } from '@ganymede/core';
import { compile } from './compile.js';
import { chooseDevice, devices } from './devices.js';
import type { WebExecutable } from './executable.js';
import { loadRuntime, type Runtime } from './load-runtime.js';
import { type WebDevice, type WebOptions, webOptions } from './options.js';

const summaryOf = (device: WebDevice, threads: number): string =>
  device === 'wasm' ? `web · wasm · ${threads} ${threads === 1 ? 'thread' : 'threads'}` : `web · ${device}`;

const fixed = ({ threads }: Runtime): string =>
  `onnxruntime-web runs on ${threads} ${threads === 1 ? 'thread' : 'threads'}, as it was first asked to; that cannot be changed later`;

/**
 * Runs graphs with ONNX Runtime for the web (`onnxruntime-web`): WebAssembly or WebGPU, in a browser; WebAssembly works in Node
 * too. On WebGPU, outputs named in `resident` stay in GPU memory; whoever got one disposes it.
 *
 * Errors: `GANYMEDE_BACKEND_UNAVAILABLE` without the package, `GANYMEDE_BACKEND_DEVICE` where the browser has no WebGPU or the
 * page may not have threads,
 * `GANYMEDE_BACKEND_OPERATOR`, `GANYMEDE_BACKEND_COMPILE` from compiling, `GANYMEDE_FEED` and `GANYMEDE_BACKEND_RUN` from
 * running, `GANYMEDE_BACKEND_MEMORY` from both.
 */
export const webBackend = defineBackend({
  id: '@ganymede/backend-web/web',
  summary: 'ONNX Runtime for the web: WebAssembly, WebGPU, in a browser',
  options: webOptions,
  devices,
  create: createBackend,
});

async function createBackend(options: WebOptions): Promise<Backend> {
  const { device, notice } = await chooseDevice(options.device);
  const runtime = await loadRuntime(device, options);
  const notices = [
    ...(notice === undefined ? [] : [notice]),
    ...(runtime.threads === options.threads ? [] : [fixed(runtime)]),
  ];
  const made = new Set<WebExecutable>();
  return {
    name: 'web',
    device,
    summary: summaryOf(device, runtime.threads),
    ...(notices.length === 0 ? {} : { notice: notices.join('\n') }),
    flags: { float64: false, deterministic: device === 'wasm' },
    async compile(graph, compileOptions = {}) {
      const executable = await compile({ runtime, device, options }, graph, compileOptions);
      made.add(executable);
      return executable;
    },
    async dispose() {
      await Promise.all([...made].map((executable) => executable.close()));
      made.clear();
    },
  };
}
