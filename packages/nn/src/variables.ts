import { flattenTree, type Network, type StepContext, type Tree, unflattenTree } from '@ganymede/core';
import { GanymedeError, type Tensor } from '@ganymede/tensor';

/** A tensor is told from a subtree by shape, not by `instanceof`: two copies of the tensor package may be loaded. */
const isTensor = (node: Tensor | Tree<Tensor>): node is Tensor => 'operator' in node && 'inputs' in node;

/**
 * The variable `name` of a network's variables. Throws `GANYMEDE_VARIABLE_MISSING`, naming the path and what is there
 * instead; the usual cause is a checkpoint of a network with other layers.
 */
export function tensorAt(variables: Tree<Tensor>, name: string, ctx?: Pick<StepContext, 'path'>): Tensor {
  const found = variables[name];
  if (found !== undefined && isTensor(found)) return found;
  const owner = ctx === undefined || ctx.path === '' ? 'the network' : `"${ctx.path}"`;
  throw new GanymedeError('GANYMEDE_VARIABLE_MISSING', {
    message: `${owner} expects a variable "${name}", but has ${list(Object.keys(variables))}`,
    hint: 'the variables must come from the same network, or one with the same layers and names',
    data: { name, path: ctx?.path ?? '', known: Object.keys(variables) },
  });
}

/** The variables of the child `name`; empty for a child without any (an activation). */
export function treeAt(variables: Tree<Tensor>, name: string): Tree<Tensor> {
  const found = variables[name];
  return found === undefined || isTensor(found) ? {} : found;
}

/** The leaves of `variables` that are trained: all but the network's buffers. */
export function parametersOf<T>(network: Pick<Network, 'buffers'>, variables: Tree<T>): Tree<T> {
  const buffers = new Set(network.buffers);
  const flat = flattenTree(variables);
  return unflattenTree(Object.fromEntries(Object.entries(flat).filter(([path]) => !buffers.has(path))));
}

/** `variables` with the leaves of `replacement` put in place of its own: trained parameters beside the buffers. */
export const replaceLeaves = <T>(variables: Tree<T>, replacement: Tree<T>): Tree<T> =>
  unflattenTree({ ...flattenTree(variables), ...flattenTree(replacement) });

const list = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', ');
