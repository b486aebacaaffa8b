import { type DeviceReport, GanymedeError } from '@ganymede/core';
import { findTfjsNode } from './find-tfjs-node.js';
import type { LoadedTfjsNode } from './load-tfjs-node.js';
import type { TfjsNodeOptions } from './options.js';
import { probe } from './probe.js';

/** What to do for a GPU. */
const GPU_HINT = 'install a build of TensorFlow for CUDA, as docs/packages/backend-tfjs-node-gpu.md says';

/** Which devices TensorFlow can use on this machine, and what the others lack; it is tried in a process of its own. */
export async function devices(packages: readonly string[]): Promise<readonly DeviceReport[]> {
  const found = findTfjsNode(packages, undefined);
  if (found === undefined) {
    const detail = `"${packages[0]}" is not installed: npm install ${packages[0]}`;
    return [
      { device: 'cpu', usable: false, detail },
      { device: 'gpu', usable: false, detail },
    ];
  }
  const { usable, version, gpu, reason } = await probe(found);
  const what = `${found.name} ${found.version}`;
  if (!usable) {
    const detail = `${what} does not load: ${reason}; install it again, or build it as docs/packages/backend-tfjs-node.md says`;
    return [
      { device: 'cpu', usable: false, detail },
      { device: 'gpu', usable: false, detail },
    ];
  }
  const library = `libtensorflow ${version} through ${what}`;
  return [
    { device: 'cpu', usable: true, detail: library },
    {
      device: 'gpu',
      usable: gpu,
      detail: gpu ? library : `libtensorflow ${version} sees no GPU; ${GPU_HINT}`,
    },
  ];
}

/**
 * The device that a loaded TensorFlow runs on. One asked for by name is refused with `GANYMEDE_BACKEND_DEVICE` where
 * TensorFlow has taken another, never replaced.
 */
export function chooseDevice(
  wanted: TfjsNodeOptions['device'],
  { gpu, version }: LoadedTfjsNode,
): 'cpu' | 'gpu' {
  const actual = gpu ? 'gpu' : 'cpu';
  if (wanted === 'auto' || wanted === actual) return actual;
  throw new GanymedeError('GANYMEDE_BACKEND_DEVICE', {
    message:
      wanted === 'gpu'
        ? `device "gpu" cannot be used here: libtensorflow ${version} sees none`
        : 'device "cpu" cannot be used any more: TensorFlow was loaded with a GPU in this process',
    hint:
      wanted === 'gpu'
        ? GPU_HINT
        : 'choose the CPU before anything loads TensorFlow, or set CUDA_VISIBLE_DEVICES=-1',
    data: { device: wanted },
  });
}
