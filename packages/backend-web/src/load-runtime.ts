import { createExclusive, GanymedeError } from '@ganymede/core';
import type { WebDevice, WebOptions } from './options.js';

type Module = typeof import('onnxruntime-web');

/** What `onnxruntime-web` exports, and its turn: it can do one thing at a time. */
export interface Runtime extends Pick<Module, 'InferenceSession' | 'Tensor'> {
  readonly threads: number;
  readonly exclusive: ReturnType<typeof createExclusive>;
}

const isNode = globalThis.process?.versions?.node !== undefined;

// Not written out in the call: a bundle for a browser then leaves Node's build out.
const forNode = 'onnxruntime-web';

/** The build for a device. The one with WebGPU is twice as large to download, so each is loaded only where it is wanted. */
const builds: Readonly<Record<WebDevice, () => Promise<Module>>> = {
  wasm: () =>
    isNode ? import(/* @vite-ignore */ /* webpackIgnore: true */ forNode) : import('onnxruntime-web/wasm'),
  webgpu: () => import('onnxruntime-web/webgpu'),
};

type Settings = Pick<WebOptions, 'threads' | 'assets'>;

const loaded = new Map<WebDevice, Promise<Runtime>>();

/** Only loads the build for a device, which says whether it is there. Throws `GANYMEDE_BACKEND_UNAVAILABLE`. */
export async function loadBuild(
  device: WebDevice,
  load: () => Promise<Module> = builds[device],
): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw unavailable(cause);
  }
}

/**
 * Prepares the build of `onnxruntime-web` for a device, once; the number of threads and the place of its files are those of
 * the first call. Throws `GANYMEDE_BACKEND_UNAVAILABLE`, and `GANYMEDE_BACKEND_DEVICE` for threads that the page may not have.
 */
export function loadRuntime(device: WebDevice, settings: Settings): Promise<Runtime> {
  const known = loaded.get(device);
  if (known !== undefined) return known;
  const loading = prepare(device, settings);
  loaded.set(device, loading);
  loading.catch(() => loaded.delete(device));
  return loading;
}

async function prepare(device: WebDevice, { threads, assets }: Settings): Promise<Runtime> {
  if (
    threads > 1 &&
    !isNode &&
    (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated !== true
  ) {
    throw new GanymedeError('GANYMEDE_BACKEND_DEVICE', {
      message: `${threads} threads cannot be used on this page: it is not cross-origin isolated`,
      hint: 'serve it with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp, or use 1 thread',
      data: { device, threads },
    });
  }
  const { InferenceSession, Tensor, env } = await loadBuild(device);
  env.wasm.numThreads = threads;
  if (assets !== undefined) env.wasm.wasmPaths = assets;
  // Whatever it reports is thrown as an error too; nothing belongs on the console.
  env.logLevel = 'fatal';
  return { InferenceSession, Tensor, threads, exclusive: createExclusive() };
}

function unavailable(cause: unknown): GanymedeError {
  const missing = (cause as { code?: string } | null)?.code?.endsWith('MODULE_NOT_FOUND') ?? false;
  const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
  return new GanymedeError('GANYMEDE_BACKEND_UNAVAILABLE', {
    message: missing
      ? 'the web backend needs the package "onnxruntime-web", which is not installed'
      : `the package "onnxruntime-web" does not load: ${reason}`,
    hint: 'install it with `npm install onnxruntime-web` and build the page again',
    data: { package: 'onnxruntime-web' },
    cause,
  });
}
