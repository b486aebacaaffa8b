import { type Tree, unflattenTree } from '@ganymede/core';
import { GanymedeError, type OnnxModel, type Value } from '@ganymede/tensor';

/** The learned values of a model as a network's variables. */
export interface VariableTree {
  readonly tree: Tree<Value>;
  /** The path at which a value of the file is found. */
  pathOf(name: string): string;
}

/** `features.0.weight` and `/features/0/weight` as `features/0/weight`. */
const nested = (name: string): string =>
  name
    .split(/[./]/)
    .filter((part) => part !== '')
    .join('/');

/** One level only: for names that do not nest, such as `conv` beside `conv.bias`. */
const level = (name: string): string => name.replaceAll('/', '.');

/** The values that an output needs, at paths made of their names: nested by their dots and slashes where that is possible. */
export function variableTree(model: OnnxModel, output: string): VariableTree {
  const names = model.needs([output]).initializers;
  for (const pathOf of [nested, level]) {
    const flat = new Map(names.map((name) => [pathOf(name), model.initializers[name] as Value]));
    if (flat.size < names.length) continue;
    try {
      return { tree: unflattenTree(Object.fromEntries(flat)), pathOf };
    } catch (error) {
      if (pathOf === level || !GanymedeError.is(error, 'GANYMEDE_TREE')) throw error;
    }
  }
  throw new GanymedeError('GANYMEDE_TREE', {
    message: 'initializers of the file differ only in dots and slashes',
    hint: 'rename them',
  });
}
