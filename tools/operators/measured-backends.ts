import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Backend } from '../../packages/core/src/index.js';

/** A backend whose operators are measured. */
interface MeasuredBackend {
  readonly title: string;
  /** Room for what it computes less exactly than the reference, of the largest number of a result. */
  readonly tolerance: number;
  /** Makes the backend, and says which versions it runs. */
  make(): Promise<{ readonly backend: Backend; readonly measured: string }>;
}

const packages = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../packages');

/** A module as a package of this repository sees it. */
const from = (name: string, specifier: string): unknown =>
  createRequire(path.join(packages, name, 'src/index.ts'))(specifier);

/** Name and version of a dependency; read from its file, as packages need not export it. */
function versionOf(name: string, dependency: string): string {
  const file = path.join(packages, name, 'node_modules', dependency, 'package.json');
  return `${dependency} ${(JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string }).version}`;
}

/**
 * Backends by the name that `tools/measure-operators.ts` takes and their files have. (ONNX Runtime on the CPU is not among
 * them: the tests run every row on it.)
 */
export const measuredBackends: Readonly<Record<string, MeasuredBackend>> = {
  'ort-webgpu': {
    title: 'ort webgpu',
    // WGSL grants sin and cos an error of 2^-11.
    tolerance: 1e-3,
    make: async () => {
      const { ortBackend } = await import('../../packages/backend-ort/src/index.js');
      const backend = await ortBackend({ device: 'webgpu' });
      // The driver that the environment prescribes, such as SwiftShader, which computes on the CPU.
      const driver = path.basename(process.env.VK_ICD_FILENAMES ?? 'the GPU', '.json');
      return {
        backend,
        measured: `${versionOf('backend-ort', 'onnxruntime-node')}, ${backend.summary}, ${driver}`,
      };
    },
  },
  web: {
    title: 'web',
    tolerance: 1e-4,
    make: async () => {
      const { webBackend } = await import('../../packages/backend-web/src/index.js');
      const backend = await webBackend({ device: 'wasm' });
      return { backend, measured: `${versionOf('backend-web', 'onnxruntime-web')}, ${backend.summary}` };
    },
  },
  tfjs: {
    title: 'tfjs',
    tolerance: 1e-4,
    make: async () => {
      const { createTfjsBackend } = await import('../../packages/backend-tfjs-node/src/evaluator/index.js');
      const name = 'backend-tfjs-node';
      from(name, '@tensorflow/tfjs-backend-cpu');
      // The module is TensorFlow.js itself; its type is that of the option.
      const tf = from(name, '@tensorflow/tfjs-core') as Parameters<typeof createTfjsBackend>[0]['tf'];
      const backend = await createTfjsBackend({ tf, backendName: 'cpu' });
      return { backend, measured: `${versionOf(name, '@tensorflow/tfjs-core')}, ${backend.summary}` };
    },
  },
};
