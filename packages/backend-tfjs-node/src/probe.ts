import { execFile } from 'node:child_process';
import process from 'node:process';
import type { FoundPackage } from './find-tfjs-node.js';

/** What TensorFlow said when it was tried. */
export interface Probe {
  readonly usable: boolean;
  /** Version of libtensorflow, where it is usable. */
  readonly version: string;
  readonly gpu: boolean;
  /** Why it is not usable. */
  readonly reason: string;
}

const PATIENCE = 60_000;

/** Runs in the child: loads the package, multiplies two matrices, prints what it found only if the product is right. */
const script = `
const [entry] = process.argv.slice(1);
const util = require('node:util');
util.isNullOrUndefined ??= (x) => x == null;
util.isArray ??= Array.isArray;
try {
  const tf = require(entry);
  if (tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0] !== 11) throw new Error('it computes wrong numbers');
  const { binding, isUsingGpuDevice } = tf.backend();
  process.stdout.write('ok ' + JSON.stringify({ version: binding.TF_Version, gpu: isUsingGpuDevice }));
} catch (error) {
  process.stdout.write('failed: ' + error.message);
}
`;

const results = new Map<string, Promise<Probe>>();

/**
 * Tries a package in a child process, as a library that does not fit the machine can end the process that loads it. Asked
 * once per package. Never throws.
 */
export function probe({ entry }: FoundPackage): Promise<Probe> {
  const known = results.get(entry) ?? run(entry);
  results.set(entry, known);
  return known;
}

function run(entry: string): Promise<Probe> {
  const env = { ...process.env, NODE_OPTIONS: '', TF_CPP_MIN_LOG_LEVEL: '2' };
  const options = { timeout: PATIENCE, killSignal: 'SIGKILL', env } as const;
  return new Promise((resolve) => {
    execFile(process.execPath, ['-e', script, entry], options, (error, stdout) => {
      const [, found] = /ok (\{.*\})$/s.exec(stdout) ?? [];
      if (found !== undefined) {
        const { version, gpu } = JSON.parse(found) as { version: string; gpu: boolean };
        resolve({ usable: true, version, gpu, reason: '' });
        return;
      }
      const [, failed] = /failed: ([^\n]*)/.exec(stdout) ?? [];
      const ended = `the library ended the process${error?.signal ? ` (${error.signal})` : ''}`;
      resolve({ usable: false, version: '', gpu: false, reason: (failed ?? ended).trim() });
    });
  });
}
