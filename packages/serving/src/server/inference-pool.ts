import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Value } from '@ganymede/tensor';
import { Piscina } from 'piscina';
import type { InferenceTask, WorkerModels } from '../inference-worker.js';
import { RequestError } from './request-error.js';

/** Worker threads that run models, so that the thread that answers requests is never blocked by one. */
export interface InferencePool {
  readonly workers: number;
  /** Runs `model` (a key of the models given). Throws a 503 while too many requests wait. */
  infer(model: string, inputs: Readonly<Record<string, Value>>): Promise<Record<string, Value>>;
  /** Lets running inferences end, then ends the threads. */
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly workers: number;
  /** Requests that may wait for a worker; more are refused. */
  readonly maxQueue: number;
}

/** Starts the workers and waits until they have opened every model. */
export async function startPool(
  models: Readonly<Record<string, Uint8Array>>,
  { workers, maxQueue }: PoolOptions,
): Promise<InferencePool> {
  const threads = Math.max(1, Math.floor(os.availableParallelism() / workers));
  const data: WorkerModels = { models: shareAll(models), threads };
  const { filename, execArgv } = workerFile();
  const pool = new Piscina<InferenceTask, Record<string, Value>>({
    filename,
    ...(execArgv ? { execArgv } : {}),
    minThreads: workers,
    maxThreads: workers,
    maxQueue,
    workerData: data,
    // Waiting on an Atomic would keep ONNX Runtime's own callbacks of a worker from running.
    atomics: 'disabled',
  });
  await Promise.all(Array.from({ length: workers }, () => pool.run({ inputs: {} })));
  return {
    workers,
    async infer(model, inputs) {
      try {
        return await pool.run({ model, inputs });
      } catch (error) {
        // Piscina has no code for this; its text is fixed.
        if (error instanceof Error && /queue is at limit/i.test(error.message)) {
          throw new RequestError(503, 'too many requests are waiting; try again soon');
        }
        throw error;
      }
    },
    close: () => pool.close(),
  };
}

/** Bytes in shared memory: the workers read them without a copy each. */
function shareAll(models: Readonly<Record<string, Uint8Array>>): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(models).map(([key, bytes]) => {
      const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
      shared.set(bytes);
      return [key, shared];
    }),
  );
}

/**
 * The worker's file: beside this one once built. Run from source, it lies one folder up and its thread needs the loader of
 * TypeScript as well.
 */
function workerFile(): { filename: string; execArgv?: string[] } {
  if (!import.meta.url.endsWith('.ts')) {
    return { filename: fileURLToPath(new URL('./inference-worker.js', import.meta.url)) };
  }
  // A thread does not inherit the loader, and tsx's own entry registers it on the main thread only.
  const tsx = path.dirname(createRequire(import.meta.url).resolve('tsx/package.json'));
  const api = pathToFileURL(path.join(tsx, 'dist/esm/api/index.mjs')).href;
  const loader = `data:text/javascript,${encodeURIComponent(`import { register } from '${api}'; register();`)}`;
  return {
    filename: fileURLToPath(new URL('../inference-worker.ts', import.meta.url)),
    execArgv: ['--conditions=@ganymede/source', '--import', loader],
  };
}
