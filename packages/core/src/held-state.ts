import { formatShape, GanymedeError, sameShape, type TensorType, type Value } from '@ganymede/tensor';
import { type Held, isOnDevice, toHost } from './backend.js';
import { type StateTypes, unknownState } from './state-reader.js';
import type { State } from './step.js';

/** Read access to a run's state, wherever its tensors live. */
export interface StateView {
  /** dtype and shape of every entry, by path. */
  readonly types: StateTypes;
  /** A copy on the host. Throws `GANYMEDE_UNKNOWN_STATE`. */
  get(path: string): Promise<Value>;
  /** All entries, or those below `prefix/` (full paths), on the host. */
  snapshot(prefix?: string): Promise<State>;
}

/** A run's state between steps: what a step replaces is let go, on the device too. */
export interface HeldState extends StateView {
  readonly entries: ReadonlyMap<string, Held>;
  apply(updates: ReadonlyMap<string, Held>): void;
  /** Throws `GANYMEDE_UNKNOWN_STATE`, `GANYMEDE_STATE_TYPE`. */
  set(path: string, value: Value): void;
  dispose(): void;
}

const copyOf = (x: Value): Value => ({ ...x, data: x.data.slice() }) as Value;

/**
 * Holds `initial` as the state of a run, ordered by path. A program may add something up over a tree of the state, as clipping by the
 * global norm does: in the order of `initial`, which is not the order of a checkpoint's file, a resumed run would round otherwise.
 */
export function createHeldState(initial: State): HeldState {
  const ordered = Object.entries(initial).sort(([a], [b]) => (a < b ? -1 : 1));
  const entries = new Map<string, Held>(ordered);
  const types: Record<string, TensorType> = Object.fromEntries(
    ordered.map(([path, { dtype, shape }]) => [path, { dtype, shape }]),
  );
  const letGo = (old: Held | undefined, next: Held): void => {
    if (old !== undefined && old !== next && isOnDevice(old)) old.dispose();
  };
  return {
    entries,
    types,
    apply: (updates) => {
      for (const [path, next] of updates) {
        letGo(entries.get(path), next);
        entries.set(path, next);
      }
    },
    get: async (path) => {
      const held = entries.get(path);
      if (held === undefined) throw unknownState(path, [...entries.keys()], 'reading the state');
      // A backend may write the next values into the memory of old ones: what is handed out must not change.
      return isOnDevice(held) ? held.read() : copyOf(held);
    },
    set: (path, next) => {
      const type = types[path];
      if (type === undefined) throw unknownState(path, [...entries.keys()], 'writing the state');
      if (type.dtype !== next.dtype || !sameShape(type.shape, next.shape)) {
        throw new GanymedeError('GANYMEDE_STATE_TYPE', {
          message:
            `the state entry "${path}" is ${type.dtype} ${formatShape(type.shape)}, ` +
            `and cannot become ${next.dtype} ${formatShape(next.shape)}`,
          hint: 'a state entry keeps its dtype and shape for the whole run',
        });
      }
      letGo(entries.get(path), next);
      entries.set(path, next);
    },
    snapshot: async (prefix = '') => {
      const start = prefix === '' ? '' : `${prefix}/`;
      const wanted = [...entries].filter(([path]) => path.startsWith(start));
      return Object.fromEntries(
        await Promise.all(wanted.map(async ([path, held]) => [path, await toHost(held)])),
      );
    },
    dispose: () => {
      for (const held of entries.values()) if (isOnDevice(held)) held.dispose();
      entries.clear();
    },
  };
}
