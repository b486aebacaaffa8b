import {
  flattenTree,
  type Network,
  type Optimizer,
  type Rng,
  type State,
  type StepContext,
  type Tree,
  unflattenTree,
} from '@ganymede/core';
import { applyUpdates } from '@ganymede/nn';
import { grad, type Shape, type Tensor, type Value } from '@ganymede/tensor';

/** A network of an algorithm together with how it is trained. `name` is the first part of its variables' paths. */
export interface TrainedNetwork {
  readonly name: string;
  readonly network: Network;
  readonly optimizer: Optimizer;
}

/** The leaves of `variables` that are trained: all but the network's buffers. */
export function parametersOf<T>(network: Network, variables: Tree<T>): Tree<T> {
  const buffers = new Set(network.buffers);
  const flat = flattenTree(variables);
  return unflattenTree(Object.fromEntries(Object.entries(flat).filter(([path]) => !buffers.has(path))));
}

/** `variables` with the leaves of `replacement` put in place of its own. */
export const replaceLeaves = <T>(variables: Tree<T>, replacement: Tree<T>): Tree<T> =>
  unflattenTree({ ...flattenTree(variables), ...flattenTree(replacement) });

/** Initial state entries of a network and its optimizer, for inputs of `shape`. */
export function initTrained({ name, network, optimizer }: TrainedNetwork, rng: Rng, shape: Shape): State {
  const variables = network.init(rng.child(name), shape);
  return {
    ...flattenTree<Value>(variables, name),
    ...flattenTree<Value>(optimizer.init(parametersOf(network, variables)), `optimizer/${name}`),
  };
}

/** One descent step on `loss`: the new variables, and the state entries that hold them. */
export function descend(
  { name, network, optimizer }: TrainedNetwork,
  loss: Tensor,
  variables: Tree<Tensor>,
  slots: Tree<Tensor>,
  ctx: StepContext,
): { variables: Tree<Tensor>; state: Record<string, Tensor> } {
  const params = parametersOf(network, variables);
  const flat = flattenTree(params);
  const paths = Object.keys(flat);
  const gradients = grad(loss, Object.values(flat));
  const gradientTree = unflattenTree(
    Object.fromEntries(paths.map((path, i) => [path, gradients[i] as Tensor] as const)),
  );
  const next = optimizer.update(gradientTree, slots, params, ctx.child(`optimizer/${name}`));
  const updated = applyUpdates(params, next.updates);
  return {
    variables: replaceLeaves(variables, updated),
    state: { ...flattenTree(updated, name), ...flattenTree(next.slots, `optimizer/${name}`) },
  };
}
