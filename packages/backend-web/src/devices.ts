import { type DeviceReport, GanymedeError } from '@ganymede/core';
import { loadBuild } from './load-runtime.js';
import type { WebDevice, WebOptions } from './options.js';

/** What is read of the browser's WebGPU; its full types are not needed. */
interface Gpu {
  requestAdapter(): Promise<{
    readonly info?: {
      readonly vendor?: string;
      readonly architecture?: string;
      readonly isFallbackAdapter?: boolean;
    };
  } | null>;
}

interface Adapter {
  /** Undefined where there is none. */
  readonly name?: string;
  /** Computes on the CPU. */
  readonly software: boolean;
  /** Why there is none. */
  readonly reason: string;
}

const NOT_THERE = 'there is no WebGPU here (no navigator.gpu)';

const NO_WEBGPU =
  'use device "wasm", or a browser with WebGPU (Chrome, Edge, Safari, Firefox) on a page served over https or from localhost';

async function findAdapter(): Promise<Adapter> {
  const { navigator } = globalThis as { readonly navigator?: { readonly gpu?: Gpu } };
  const gpu = navigator?.gpu;
  if (gpu === undefined) return { software: false, reason: NOT_THERE };
  try {
    const adapter = await gpu.requestAdapter();
    if (adapter === null) return { software: false, reason: 'the browser has no WebGPU adapter' };
    const { vendor = '', architecture = '', isFallbackAdapter = false } = adapter.info ?? {};
    const name = [vendor, architecture].filter((part) => part !== '').join(' ') || 'an adapter';
    return { name, software: isFallbackAdapter || /swiftshader|llvmpipe/i.test(name), reason: '' };
  } catch (error) {
    return { software: false, reason: `asking for an adapter failed: ${(error as Error).message}` };
  }
}

/** Which devices ONNX Runtime can use in this browser, and what the others lack. */
export async function devices(): Promise<readonly DeviceReport[]> {
  const { name, software, reason } = await findAdapter();
  const gpu: DeviceReport =
    name === undefined
      ? { device: 'webgpu', usable: false, detail: `${reason}; ${NO_WEBGPU}` }
      : { device: 'webgpu', usable: true, detail: software ? `${name}, in software: for tests, slow` : name };
  return [await wasmReport(), gpu];
}

async function wasmReport(): Promise<DeviceReport> {
  try {
    await loadBuild('wasm');
    return { device: 'wasm', usable: true, detail: 'WebAssembly with SIMD' };
  } catch (error) {
    const detail = GanymedeError.is(error) ? error.message.replace('\n', ';') : String(error);
    return { device: 'wasm', usable: false, detail };
  }
}

/**
 * The device to compile for. WebGPU asked for by name is refused with `GANYMEDE_BACKEND_DEVICE` where there is none, never
 * replaced. `auto` takes WebGPU where there is a real GPU (an adapter in software never counts as one), and says so where a
 * browser that knows WebGPU has no adapter.
 */
export async function chooseDevice(
  wanted: WebOptions['device'],
): Promise<{ readonly device: WebDevice; readonly notice?: string }> {
  if (wanted === 'wasm') return { device: 'wasm' };
  const { name, software, reason } = await findAdapter();
  if (name !== undefined && !(wanted === 'auto' && software)) return { device: 'webgpu' };
  if (wanted === 'auto') {
    return name === undefined && reason !== NOT_THERE
      ? { device: 'wasm', notice: `device "auto" is "wasm": ${reason}` }
      : { device: 'wasm' };
  }
  throw new GanymedeError('GANYMEDE_BACKEND_DEVICE', {
    message: `device "webgpu" cannot be used here: ${reason}`,
    hint: NO_WEBGPU,
    data: { device: wanted, reason },
  });
}
