import { existsSync, readdirSync } from 'node:fs';
import process from 'node:process';

/** Where Debian's chromium keeps SwiftShader, a Vulkan device in software. */
export const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** Vulkan drivers that compute on the CPU: right for tests, slower than the CPU device for everything else. */
const SOFTWARE = /swiftshader|lvp|lavapipe|llvmpipe/i;

/** The Vulkan driver that the environment prescribes, if any. */
export const chosenDriver = (): string | undefined =>
  process.env.VK_DRIVER_FILES || process.env.VK_ICD_FILENAMES || undefined;

/** Whether the environment prescribes a Vulkan driver that runs on the CPU. */
export const isSoftwareDriver = (): boolean => SOFTWARE.test(chosenDriver() ?? '');

const hasRenderNode = (): boolean => {
  try {
    return readdirSync('/dev/dri').some((name) => name.startsWith('renderD'));
  } catch {
    return false;
  }
};

/** Whether this machine shows any sign of a GPU: cheap, asked before an adapter is tried. */
export const mayHaveGpu = (): boolean => process.platform !== 'linux' || hasRenderNode() || hasNvidia();

/** Whether this machine has an NVIDIA GPU, for which CUDA is faster than WebGPU. */
export const hasNvidia = (): boolean => existsSync('/dev/nvidiactl');

/** What a person can do about a missing WebGPU adapter. */
export function adapterHint(): string {
  if (process.platform !== 'linux') return 'update the graphics driver, or use device "cpu"';
  const software = existsSync(SWIFTSHADER)
    ? `for tests in software set VK_ICD_FILENAMES=${SWIFTSHADER}`
    : 'for tests in software install SwiftShader (Debian: chromium and libvulkan1)';
  return `use device "cpu", or install the GPU's Vulkan driver and libvulkan1; ${software}`;
}
