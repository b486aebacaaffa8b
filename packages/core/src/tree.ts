import { GanymedeError } from '@ganymede/tensor';
import type { Tree } from './network.js';

/**
 * Whether a node of a tree is a branch: a plain object that is not a tensor, value or tensor type (those have a `dtype` text).
 */
function isBranch<T>(node: T | Tree<T>): node is Tree<T> {
  if (typeof node !== 'object' || node === null) return false;
  const prototype: unknown = Object.getPrototypeOf(node);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return !('dtype' in node && typeof node.dtype === 'string');
}

const join = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}/${name}`);

function* leaves<T>(tree: T | Tree<T>, path: string): Generator<[path: string, leaf: T]> {
  if (!isBranch(tree)) {
    yield [path, tree];
    return;
  }
  for (const name of Object.keys(tree)) yield* leaves(tree[name] as T | Tree<T>, join(path, name));
}

/** Leaves by path, in the tree's order: `{ dense: { kernel } }` with prefix `generator` -> `{ 'generator/dense/kernel' }`. */
export const flattenTree = <T>(tree: Tree<T>, prefix = ''): Record<string, T> =>
  Object.fromEntries(leaves(tree, prefix));

/** Paths of the leaves, in the tree's order. */
export const treePaths = <T>(tree: Tree<T>, prefix = ''): string[] =>
  [...leaves(tree, prefix)].map(([path]) => path);

/**
 * The entries of `flat` below `prefix/` as a tree; the inverse of {@link flattenTree}. Throws `GANYMEDE_TREE` where one path
 * goes through another's leaf.
 */
export function unflattenTree<T>(flat: Readonly<Record<string, T>>, prefix = ''): Tree<T> {
  type Node = { [name: string]: T | Node };
  const root: Node = {};
  const branches = new Map<string, Node>([['', root]]);
  const branchAt = (path: string): Node => {
    const existing = branches.get(path);
    if (existing !== undefined) return existing;
    const cut = path.lastIndexOf('/');
    const name = path.slice(cut + 1);
    const parent = branchAt(cut < 0 ? '' : path.slice(0, cut));
    if (name === '__proto__' || Object.hasOwn(parent, name)) refuse(path);
    const branch: Node = {};
    parent[name] = branch;
    branches.set(path, branch);
    return branch;
  };
  const refuse = (path: string): never => {
    throw new GanymedeError('GANYMEDE_TREE', {
      message: `the path "${join(prefix, path)}" cannot be placed in a tree: a leaf and a branch would have one name`,
      hint: 'give every variable a path of its own that is not the beginning of another one',
    });
  };
  const start = prefix === '' ? '' : `${prefix}/`;
  for (const [key, leaf] of Object.entries(flat)) {
    if (!key.startsWith(start)) continue;
    const path = key.slice(start.length);
    const cut = path.lastIndexOf('/');
    const parent = branchAt(cut < 0 ? '' : path.slice(0, cut));
    const name = path.slice(cut + 1);
    if (name === '__proto__' || Object.hasOwn(parent, name)) refuse(path);
    parent[name] = leaf;
  }
  return root;
}

/** A tree of the same form with every leaf replaced by `f(leaf, path)`. */
export function mapTree<T, U>(tree: Tree<T>, f: (leaf: T, path: string) => U): Tree<U> {
  const visit = (node: Tree<T>, path: string): Tree<U> =>
    Object.fromEntries(
      Object.entries(node).map(([name, child]) => {
        const at = join(path, name);
        return [name, isBranch(child) ? visit(child, at) : f(child, at)];
      }),
    );
  return visit(tree, '');
}

/**
 * Combines trees of one form leaf by leaf: `zipTrees([params, updates], ([p, u]) => p.add(u))`. The form is the first tree's.
 * Throws `GANYMEDE_TREE` naming a path that one of them lacks.
 */
export function zipTrees<Leaves extends readonly unknown[], U>(
  trees: { readonly [I in keyof Leaves]: Tree<Leaves[I]> },
  f: (leaves: Leaves, path: string) => U,
): Tree<U> {
  const flats = trees.map((tree) => flattenTree(tree as Tree<unknown>));
  const [first = {}] = flats;
  for (const [i, flat] of flats.entries()) {
    const missing =
      Object.keys(first).find((path) => !Object.hasOwn(flat, path)) ??
      Object.keys(flat).find((path) => !Object.hasOwn(first, path));
    if (missing === undefined) continue;
    throw new GanymedeError('GANYMEDE_TREE', {
      message: `expected trees of one form, but "${missing}" is not in both tree 1 and tree ${i + 1}`,
      hint: 'gradients, slots and parameters must come from the same network',
    });
  }
  // The keys were compared above; a leaf of each tree exists at every path of the first.
  return mapTree(trees[0] as Tree<unknown>, (_, path) =>
    f(flats.map((flat) => flat[path]) as unknown as Leaves, path),
  );
}
