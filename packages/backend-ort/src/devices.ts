import { availableParallelism } from 'node:os';
import { type DeviceReport, GanymedeError } from '@ganymede/core';
import { adapterHint, chosenDriver, isSoftwareDriver, mayHaveGpu } from './hardware.js';
import { loadRuntime } from './load-runtime.js';
import type { Device, OrtOptions } from './options.js';
import { type Probe, probe } from './probe.js';

const CUDA_HINT =
  'the package has no CUDA part: run its install script (`npm rebuild onnxruntime-node`) where CUDA 12 and cuDNN 9 are installed';

/** Which devices ONNX Runtime can use on this machine, and what the others lack. Tries each one, in a process of its own. */
export async function devices(): Promise<readonly DeviceReport[]> {
  let version: string;
  try {
    version = (await loadRuntime()).env.versions.node ?? '';
  } catch (error) {
    const detail = GanymedeError.is(error) ? error.message.replace('\n', ';') : String(error);
    return (['cpu', 'webgpu', 'cuda'] as const).map((device) => ({ device, usable: false, detail }));
  }
  const [webgpu, cuda] = await Promise.all([probe('webgpu'), probe('cuda')]);
  return [
    { device: 'cpu', usable: true, detail: `onnxruntime ${version}, ${availableParallelism()} threads` },
    {
      device: 'webgpu',
      usable: webgpu.usable,
      detail: webgpu.usable ? driverDetail() : why('webgpu', webgpu),
    },
    { device: 'cuda', usable: cuda.usable, detail: cuda.usable ? 'CUDA' : why('cuda', cuda) },
  ];
}

const driverDetail = (): string =>
  isSoftwareDriver() ? `software Vulkan (${chosenDriver()}): for tests, slow` : 'a WebGPU adapter was found';

const why = (device: Device, { reason }: Probe): string => `${reason}; ${hintFor(device)}`;

const hintFor = (device: Device): string => (device === 'cuda' ? CUDA_HINT : adapterHint());

/**
 * The device to compile for. A device asked for by name is tried first and refused with `GANYMEDE_BACKEND_DEVICE`, never
 * replaced. `auto` takes CUDA, then WebGPU, where there is a real GPU; a software driver never counts as one.
 */
export async function chooseDevice(wanted: OrtOptions['device']): Promise<Device> {
  if (wanted === 'cpu') return 'cpu';
  if (wanted === 'auto') {
    if (!mayHaveGpu() || isSoftwareDriver()) return 'cpu';
    if ((await probe('cuda')).usable) return 'cuda';
    return (await probe('webgpu')).usable ? 'webgpu' : 'cpu';
  }
  const result = await probe(wanted);
  if (result.usable) return wanted;
  throw new GanymedeError('GANYMEDE_BACKEND_DEVICE', {
    message: `device "${wanted}" cannot be used here: ${result.reason}`,
    hint: hintFor(wanted),
    data: { device: wanted, reason: result.reason },
  });
}
