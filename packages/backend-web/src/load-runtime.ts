import { createExclusive, GanymedeError } from '@ganymede/core';
import type { WebDevice, WebOptions } from './options.js';

type Module = typeof import('onnxruntime-web');

/** What `onnxruntime-web` exports, and its turn: it can do one thing at a time. */
export interface Runtime extends Pick<Module, 'InferenceSession' | 'Tensor'> {
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

const loaded = new Map<WebDevice, Promise<Runtime>>();

/**
 * Loads the build of `onnxruntime-web` for a device, once; the number of threads and the place of its files are those of the
 * first call. Throws `GANYMEDE_BACKEND_UNAVAILABLE`.
 */
export function loadRuntime(
  device: WebDevice,
  settings: Pick<WebOptions, 'threads' | 'assets'>,
  load: () => Promise<Module> = builds[device],
): Promise<Runtime> {
  const known = loaded.get(device);
  if (known !== undefined) return known;
  const loading = prepare(load, settings);
  loaded.set(device, loading);
  loading.catch(() => loaded.delete(device));
  return loading;
}

async function prepare(
  load: () => Promise<Module>,
  { threads, assets }: Pick<WebOptions, 'threads' | 'assets'>,
): Promise<Runtime> {
  try {
    const { InferenceSession, Tensor, env } = await load();
    env.wasm.numThreads = threads;
    if (assets !== undefined) env.wasm.wasmPaths = assets;
    // Whatever it reports is thrown as an error too; nothing belongs on the console.
    env.logLevel = 'fatal';
    return { InferenceSession, Tensor, exclusive: createExclusive() };
  } catch (cause) {
    throw unavailable(cause);
  }
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
