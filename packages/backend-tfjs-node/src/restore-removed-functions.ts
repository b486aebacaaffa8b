import util from 'node:util';

/** Deprecated functions of `node:util` that tfjs-node 4.22 calls; Node 23 removed the second, which every operator needs. */
const removed: Readonly<Record<string, (x: unknown) => boolean>> = {
  isArray: Array.isArray,
  isNullOrUndefined: (x) => x === null || x === undefined,
};

/**
 * Puts back the functions of `node:util` that tfjs-node 4.22 cannot do without on Node 23 and newer; fixed upstream in 2025,
 * never released. Leaves existing ones alone. To be called before an operator runs.
 */
export function restoreRemovedFunctions(target: object = util): void {
  for (const [name, value] of Object.entries(removed)) {
    if (name in target) continue;
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
  }
}
