import {
  type Backend,
  type DeviceValue,
  type Executable,
  GanymedeError,
  type Held,
  isOnDevice,
} from '@ganymede/core';
import { encodeOnnx, type Value } from '@ganymede/tensor';
import type { Page } from 'playwright-core';
import type { Calls, Failure, Handle } from './page.js';

/** Calls a function of `page.ts` in the browser; what it throws is thrown here. */
export async function inPage<Name extends keyof Calls>(
  page: Page,
  name: Name,
  ...args: Parameters<Calls[Name]>
): Promise<Exclude<Awaited<ReturnType<Calls[Name]>>, undefined>> {
  const answer: unknown = await page.evaluate(
    ([called, given]) =>
      (globalThis as unknown as { ganymede(name: string, args: unknown): Promise<unknown> }).ganymede(
        called,
        given,
      ),
    [name, args] as const,
  );
  const { failed } = (answer ?? {}) as Partial<Failure>;
  if (failed === undefined) return answer as Exclude<Awaited<ReturnType<Calls[Name]>>, undefined>;
  if (failed.code === '') throw new Error(failed.message);
  const { code, ...details } = failed;
  // It was the code of an error of the same class.
  throw new GanymedeError(
    code as `GANYMEDE_${string}`,
    details as ConstructorParameters<typeof GanymedeError>[1],
  );
}

/**
 * The web backend of a page as a backend of this process, so that the conformance suite can run it. A graph travels as ONNX,
 * values as they are, device values as handles.
 */
export async function browserBackend(page: Page, device: 'wasm' | 'webgpu', threads = 1): Promise<Backend> {
  const { handle, ...about } = await inPage(page, 'open', device, threads);
  const handles = new WeakMap<DeviceValue, Handle>();

  const outward = (x: Held): Value | Handle => (isOnDevice(x) ? (handles.get(x) as Handle) : x);
  function inward(x: Value | Handle): Held {
    if (!('handle' in x)) return x;
    const value: DeviceValue = {
      dtype: x.dtype,
      shape: x.shape,
      location: 'device',
      read: () => inPage(page, 'read', x.handle),
      dispose: () => void inPage(page, 'dispose', x.handle),
    };
    handles.set(value, x);
    return value;
  }
  const mapped = <A, B>(entries: Readonly<Record<string, A>>, change: (x: A) => B): Record<string, B> =>
    Object.fromEntries(Object.entries(entries).map(([name, x]) => [name, change(x)]));

  return {
    ...about,
    async compile(graph, options = {}): Promise<Executable> {
      const { handle: executable, ...rest } = await inPage(
        page,
        'compile',
        handle,
        encodeOnnx(graph),
        options,
      );
      return {
        ...rest,
        run: async (feeds) => mapped(await inPage(page, 'run', executable, mapped(feeds, outward)), inward),
        dispose: () => inPage(page, 'dispose', executable) as Promise<never>,
      };
    },
    dispose: () => inPage(page, 'dispose', handle) as Promise<never>,
  };
}
