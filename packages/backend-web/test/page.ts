import { web, webBackend } from '@ganymede/backend-web';
import { type Backend, type Executable, GanymedeError, type Held, isOnDevice } from '@ganymede/core';
import { decodeOnnx, type Value } from '@ganymede/tensor';
import { trainDcgan } from './train-dcgan.js';
import { trainMixture } from './train-mixture.js';

/** A device value as it crosses between the page and Node. */
export interface Handle {
  readonly handle: number;
  readonly dtype: Value['dtype'];
  readonly shape: readonly number[];
}

/** What is thrown in the page, as data. */
export interface Failure {
  readonly failed: {
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
    readonly data?: object;
  };
}

const assets = '/ort/';
const held = new Map<number, unknown>();
let handles = 0;

function keep(thing: unknown): number {
  handles += 1;
  held.set(handles, thing);
  return handles;
}
// Whatever is asked for was kept under this number as what it is asked for.
const kept = <T>(handle: number): T => held.get(handle) as T;

const outward = (x: Held): Value | Handle =>
  isOnDevice(x) ? { handle: keep(x), dtype: x.dtype, shape: x.shape } : x;
const inward = (x: Value | Handle): Held => ('handle' in x ? kept<Held>(x.handle) : x);

const mapped = <A, B>(entries: Readonly<Record<string, A>>, change: (x: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(entries).map(([name, x]) => [name, change(x)]));

/** What Node calls in the page. */
const calls = {
  trainMixture: (device: string, steps: number) => trainMixture(web, 'web', device, steps, { assets }),

  trainDcgan: (device: string) => trainDcgan(web, 'web', device, { assets }),

  trainWithFolder: () => trainMixture(web, 'web', 'wasm', 1, { assets }, { out: 'runs/browser' }),

  devices: () => webBackend.devices?.(),

  async open(device: 'auto' | 'wasm' | 'webgpu', threads = 1) {
    const backend = await webBackend({ device, assets, threads });
    const { name, summary, notice = '', flags } = backend;
    return { handle: keep(backend), name, device: backend.device, summary, notice, flags };
  },

  async compile(
    backend: number,
    onnx: Uint8Array,
    options: { readonly resident?: readonly string[]; readonly constants?: Readonly<Record<string, Value>> },
  ) {
    const executable = await kept<Backend>(backend).compile(decodeOnnx(onnx).graph, options);
    const { inputs, outputs, nodes } = executable;
    return { handle: keep(executable), inputs, outputs, nodes };
  },

  async run(executable: number, feeds: Readonly<Record<string, Value | Handle>>) {
    return mapped(await kept<Executable>(executable).run(mapped(feeds, inward)), outward);
  },

  async read(value: number) {
    const one = kept<Held>(value);
    return isOnDevice(one) ? one.read() : one;
  },

  async dispose(thing: number) {
    await kept<{ dispose(): unknown }>(thing).dispose();
  },
};

/** The functions of the page by name. */
export type Calls = typeof calls;

const described = (error: unknown): Failure => {
  if (!GanymedeError.is(error))
    return { failed: { code: '', message: String((error as Error)?.stack ?? error) } };
  const { code, message, hint, data } = error;
  return {
    failed: { code, message: message.split('\n', 1)[0] ?? '', ...(hint && { hint }), ...(data && { data }) },
  };
};

Object.assign(globalThis, {
  ganymede: (name: keyof Calls, args: readonly unknown[]) =>
    // The types of the arguments are checked where the call is made.
    Promise.resolve((calls[name] as (...given: readonly unknown[]) => unknown)(...args)).catch(described),
});
