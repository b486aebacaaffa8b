import { availableParallelism } from 'node:os';
import { type DeviceReport, GanymedeError } from '@ganymede/core';
import { adapterHint, chosenDriver, hasNvidia, isSoftwareDriver, mayHaveGpu } from './hardware.js';
import { loadRuntime } from './load-runtime.js';
import type { Device, OrtOptions } from './options.js';
import { type Probe, probe } from './probe.js';

const CUDA_HINT =
  'install CUDA 12 and cuDNN 9, and let onnxruntime-node fetch its CUDA part (Linux, x64): `ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node`';

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

/** A device to compile for, and what there is to say about it. */
export interface Choice {
  readonly device: Device;
  /** That there is a GPU that should be faster, and why it is not used. */
  readonly notice?: string;
}

/** What the choice depends on. */
export interface Machine {
  readonly mayHaveGpu: () => boolean;
  readonly hasNvidia: () => boolean;
  readonly isSoftwareDriver: () => boolean;
  readonly probe: (device: Device) => Promise<Probe>;
}

const thisMachine: Machine = { mayHaveGpu, hasNvidia, isSoftwareDriver, probe };

/**
 * The device to compile for. A device asked for by name is tried first and refused with `GANYMEDE_BACKEND_DEVICE`, never
 * replaced. `auto` takes CUDA, then WebGPU, where there is a real GPU; a software driver never counts as one. Where it cannot
 * take the best that the machine seems to have, it says why.
 */
export async function chooseDevice(
  wanted: OrtOptions['device'],
  machine: Machine = thisMachine,
): Promise<Choice> {
  if (wanted === 'cpu') return { device: 'cpu' };
  if (wanted === 'auto') return chooseBest(machine);
  const result = await machine.probe(wanted);
  if (result.usable) return { device: wanted };
  throw new GanymedeError('GANYMEDE_BACKEND_DEVICE', {
    message: `device "${wanted}" cannot be used here: ${result.reason}`,
    hint: hintFor(wanted),
    data: { device: wanted, reason: result.reason },
  });
}

async function chooseBest(machine: Machine): Promise<Choice> {
  if (!machine.mayHaveGpu() || machine.isSoftwareDriver()) return { device: 'cpu' };
  const cuda = await machine.probe('cuda');
  if (cuda.usable) return { device: 'cuda' };
  const noCuda = machine.hasNvidia() ? [`cuda: ${why('cuda', cuda)}`] : [];
  const webgpu = await machine.probe('webgpu');
  if (!webgpu.usable) return chosen('cpu', [...noCuda, `webgpu: ${why('webgpu', webgpu)}`]);
  return noCuda.length === 0 ? { device: 'webgpu' } : chosen('webgpu', noCuda);
}

const chosen = (device: Device, reasons: readonly string[]): Choice => ({
  device,
  notice: [
    `device "auto" is "${device}", though this machine seems to have a GPU that could do better:`,
    ...reasons,
    `to leave out this notice, choose device "${device}"`,
  ].join('\n  '),
});
