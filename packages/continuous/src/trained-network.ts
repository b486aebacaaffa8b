import {
  type ConditionTypes,
  flattenTree,
  type Network,
  type Optimizer,
  type Rng,
  type State,
  type StepContext,
  type Tree,
} from '@ganymede/core';
import { descend, parametersOf, replaceLeaves } from '@ganymede/nn';
import { scope, type Shape, type Tensor, type Value } from '@ganymede/tensor';

/** A network of an algorithm together with how it is trained. `name` is the first part of its variables' paths. */
export interface TrainedNetwork {
  readonly name: string;
  readonly network: Network;
  readonly optimizer: Optimizer;
}

/** Initial state entries of a network and its optimizer, for inputs of `shape` and conditions of these types. */
export function initTrained(
  { name, network, optimizer }: TrainedNetwork,
  rng: Rng,
  shape: Shape,
  conditions?: ConditionTypes,
): State {
  const variables = scope(name, () => network.init(rng.child(name), shape, conditions));
  return {
    ...flattenTree<Value>(variables, name),
    ...flattenTree<Value>(optimizer.init(parametersOf(network, variables)), `optimizer/${name}`),
  };
}

/** One descent step on `loss`, then `project` on the parameters: the new variables, and the state entries that hold them. */
export function descendTrained(
  { name, network, optimizer }: TrainedNetwork,
  loss: Tensor,
  variables: Tree<Tensor>,
  slots: Tree<Tensor>,
  ctx: StepContext,
  project: (params: Tree<Tensor>) => Tree<Tensor> = (params) => params,
): { readonly variables: Tree<Tensor>; readonly state: Readonly<Record<string, Tensor>> } {
  const here = ctx.child(`optimizer/${name}`);
  const next = descend(optimizer, loss, parametersOf(network, variables), slots, here);
  const params = project(next.params);
  return {
    variables: replaceLeaves(variables, params),
    state: { ...flattenTree(params, name), ...flattenTree(next.slots, `optimizer/${name}`) },
  };
}
