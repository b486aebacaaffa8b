import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { add, encodeOnnx, graph, input } from '@ganymede/tensor';
import type { Device } from './options.js';

export interface Probe {
  readonly usable: boolean;
  /** Why not, in the runtime's own words. */
  readonly reason: string;
}

const PATIENCE = 30_000;

/** Runs in the child: compiles and runs a graph on the device, prints `ok` only if the numbers are right. */
const script = `
const [runtime, device, model] = process.argv.slice(1);
const { InferenceSession, Tensor, env } = require(runtime);
env.logLevel = 'fatal';
const bytes = Buffer.from(model, 'base64');
(async () => {
  const session = await InferenceSession.create(new Uint8Array(bytes), { executionProviders: [device], logSeverityLevel: 4 });
  const { y } = await session.run({ x: new Tensor('float32', Float32Array.of(1, 2, 3, 4), [4]) });
  if (Array.from(y.data).join() !== '2,4,6,8') throw new Error('the device computes wrong numbers');
  process.stdout.write('ok', () => process.exit(0));
})().catch((error) => process.stdout.write('failed: ' + error.message, () => process.exit(1)));
`;

const results = new Map<string, Promise<Probe>>();

/**
 * Tries a device in a child process, as a broken driver can end the process that loads it. Asked once per device and
 * driver. Never throws.
 */
export function probe(device: Device): Promise<Probe> {
  const key = [device, process.env.VK_ICD_FILENAMES, process.env.VK_DRIVER_FILES].join('|');
  const known = results.get(key) ?? run(device);
  results.set(key, known);
  return known;
}

function run(device: Device): Promise<Probe> {
  const x = input('x', [4], 'float32');
  const model = Buffer.from(encodeOnnx(graph({ outputs: { y: add(x, x) } }))).toString('base64');
  return new Promise((resolve) => {
    let runtime: string;
    try {
      runtime = createRequire(import.meta.url).resolve('onnxruntime-node');
    } catch {
      resolve({ usable: false, reason: 'the package "onnxruntime-node" is not installed' });
      return;
    }
    const options = {
      timeout: PATIENCE,
      killSignal: 'SIGKILL',
      env: { ...process.env, NODE_OPTIONS: '' },
    } as const;
    execFile(process.execPath, ['-e', script, runtime, device, model], options, (error, stdout, stderr) => {
      if (stdout.endsWith('ok')) resolve({ usable: true, reason: '' });
      else resolve({ usable: false, reason: reasonIn(runtime, stdout, stderr, error?.signal ?? undefined) });
    });
  });
}

/** Why CUDA does not load, where ONNX Runtime does not say which file it misses. */
function noCuda(runtime: string): string {
  const files = readdirSync(join(dirname(runtime), '..', 'bin'), { recursive: true, encoding: 'utf8' });
  return files.some((file) => file.endsWith('libonnxruntime_providers_cuda.so'))
    ? 'the libraries of CUDA 12 or cuDNN 9 are not found'
    : 'onnxruntime-node has no CUDA part here (libonnxruntime_providers_cuda.so)';
}

/** One line out of what the runtime and the driver print. */
function reasonIn(runtime: string, stdout: string, stderr: string, signal: string | undefined): string {
  const failed = /failed: (.*)/s.exec(stdout)?.[1];
  if (failed === undefined) {
    const last = stderr.trim().split('\n').at(-1) ?? '';
    return `the driver ended the process${signal === undefined ? '' : ` (${signal})`}${last === '' ? '' : `: ${last}`}`;
  }
  const short =
    /Failed to get a WebGPU adapter[^\n]*|no such file[^\n]*|cannot open shared object[^\n]*/i.exec(
      failed,
    )?.[0];
  if (/_Cuda: Failed to load shared library/.test(failed)) return noCuda(runtime);
  const library = /([\w.-]+\.so[\w.]*): cannot open shared object/.exec(failed)?.[1];
  if (library !== undefined) return `the shared library ${library} is missing`;
  return (short ?? failed.split('\n', 1)[0] ?? failed).trim();
}
