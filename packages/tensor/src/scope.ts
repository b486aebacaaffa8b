import type { Source } from './user-source.js';

let current = '';
let origin: (() => Source) | undefined;

/**
 * Names every tensor that `build` makes after `name`, nested scopes joined by `/`; nodes of the exported graph, errors and
 * profiles then speak of layers. Purely descriptive: it changes no result. Synchronous. `madeAt` tells errors inside where
 * the user made the layer (`captureSource`).
 */
export function scope<T>(name: string, build: () => T, madeAt = origin): T {
  return within(current === '' ? name : `${current}/${name}`, madeAt, build);
}

/** The path of the scope being built, `''` outside any. */
export const currentScope = (): string => current;

/** Where the user made the layer being built, if that was noted. */
export const currentOrigin = (): Source => origin?.();

/** As {@link scope}, but `path` replaces the scopes being built instead of nesting in them: for code that rebuilds tensors. */
export const scopeAt = <T>(path: string, build: () => T): T => within(path, undefined, build);

function within<T>(path: string, madeAt: (() => Source) | undefined, build: () => T): T {
  const outer = { current, origin };
  current = path;
  origin = madeAt;
  try {
    return build();
  } finally {
    ({ current, origin } = outer);
  }
}

/** `Conv in generator/block1`: how messages name the operator being built. */
export const site = (operator: string): string => (current === '' ? operator : `${operator} in ${current}`);
