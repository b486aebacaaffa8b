import { GanymedeError, input, scopeAt, type Tensor, type TensorType } from '@ganymede/tensor';
import { didYouMean } from './nearest.js';
import type { StateReader } from './step.js';
import { unflattenTree } from './tree.js';

/** First parts of graph input names that are not state: a state path must not begin with one. */
const reserved = ['noise', 'scalar', 'batch', 'next', 'output'];

/** dtype and shape of each state entry, by path. A `State` is one. */
export type StateTypes = Readonly<Record<string, TensorType>>;

/** The error for a state path that does not exist (`GANYMEDE_UNKNOWN_STATE`). */
export function unknownState(path: string, known: readonly string[], asked: string): GanymedeError {
  const parent = path.slice(0, path.lastIndexOf('/') + 1);
  const near = known.filter((other) => other.startsWith(parent));
  const shown = near.length === 0 ? [...new Set(known.map((other) => other.split('/')[0] as string))] : near;
  const list = shown.slice(0, 12).join(', ') + (shown.length > 12 ? `, … ${shown.length - 12} more` : '');
  return new GanymedeError('GANYMEDE_UNKNOWN_STATE', {
    message: `${asked}: the state has no entry "${path}"`,
    hint: [`known: ${list === '' ? 'none' : list}`, didYouMean(path, known)]
      .filter((x) => x !== undefined)
      .join('\n  '),
    data: { path },
  });
}

/**
 * Symbolic access to a state of the given types; each entry is one graph input named by its path. Errors:
 * `GANYMEDE_UNKNOWN_STATE`, `GANYMEDE_STATE_PATH` for a path whose first part is reserved for other inputs.
 */
export function createStateReader(types: StateTypes, asked: string): StateReader {
  const inputs = new Map<string, Tensor>();
  const paths = Object.keys(types);
  for (const path of paths) {
    if (!reserved.includes(path.split('/')[0] as string)) continue;
    throw new GanymedeError('GANYMEDE_STATE_PATH', {
      message: `the state path "${path}" begins with a word reserved for graph inputs (${reserved.join(', ')})`,
      hint: 'begin state paths with the name of a network, such as "generator/…"',
    });
  }
  const get = (path: string): Tensor => {
    const known = inputs.get(path);
    if (known !== undefined) return known;
    const type = types[path];
    if (type === undefined) throw unknownState(path, paths, asked);
    // A variable belongs to its layer, and so does what is computed of it alone, such as its gradient.
    const layer = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
    const tensor = scopeAt(layer, () => input(path, type.shape, type.dtype));
    inputs.set(path, tensor);
    return tensor;
  };
  return {
    get,
    has: (path) =>
      path.endsWith('/') ? paths.some((other) => other.startsWith(path)) : Object.hasOwn(types, path),
    tree: (prefix) => {
      const below = paths.filter((path) => path.startsWith(`${prefix}/`));
      if (below.length === 0) throw unknownState(`${prefix}/`, paths, asked);
      return unflattenTree(Object.fromEntries(below.map((path) => [path, get(path)])), prefix);
    },
  };
}
