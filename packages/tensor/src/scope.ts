import { processWide } from './process-wide.js';
import type { Source } from './user-source.js';

interface Building {
  path: string;
  madeAt: (() => Source) | undefined;
}

/** What is being built now. */
const building = processWide<Building>('building', { path: '', madeAt: undefined });

/**
 * Names every tensor that `build` makes after `name`, nested scopes joined by `/`; nodes of the exported graph, errors and
 * profiles then speak of layers. Purely descriptive: it changes no result. Synchronous. `madeAt` tells errors inside where
 * the user made the layer (`captureSource`).
 */
export function scope<T>(name: string, build: () => T, madeAt = building.madeAt): T {
  const { path } = building;
  return within(path === '' ? name : `${path}/${name}`, madeAt, build);
}

/** The path of the scope being built, `''` outside any. */
export const currentScope = (): string => building.path;

/** Where the user made the layer being built, if that was noted. */
export const currentOrigin = (): Source => building.madeAt?.();

/** As {@link scope}, but `path` replaces the scopes being built instead of nesting in them: for code that rebuilds tensors. */
export const scopeAt = <T>(path: string, build: () => T): T => within(path, undefined, build);

function within<T>(path: string, madeAt: Building['madeAt'], build: () => T): T {
  const outer = { ...building };
  Object.assign(building, { path, madeAt });
  try {
    return build();
  } finally {
    Object.assign(building, outer);
  }
}

/** `Conv in generator/block1`: how messages name the operator being built. */
export const site = (operator: string): string =>
  building.path === '' ? operator : `${operator} in ${building.path}`;
