import {
  createRng,
  createStepContext,
  flattenTree,
  type Optimizer,
  type StepContext,
  type Tree,
  unflattenTree,
} from '@ganymede/core';
import { descend } from '@ganymede/nn';
import {
  evaluate,
  graph,
  input,
  inputName,
  optimize,
  type Tensor,
  type TensorType,
  type Value,
  valueOf,
} from '@ganymede/tensor';

/** Named networks' parameters. */
export type Players = Readonly<Record<string, Tree<Value>>>;

/** One player's update. */
export interface UpdateOptions {
  /** Whose parameters move. */
  readonly player: string;
  readonly optimizer: Optimizer;
  /** What is fed at each step. */
  readonly feeds?: Readonly<Record<string, TensorType>>;
  /** The loss, and what else the step should return. */
  program(
    params: Readonly<Record<string, Tree<Tensor>>>,
    feeds: Readonly<Record<string, Tensor>>,
    ctx: StepContext,
  ): { readonly loss: Tensor; readonly outputs?: Readonly<Record<string, Tensor>> };
  /** Applied to the parameters after each update. */
  project?(params: Tree<Tensor>): Tree<Tensor>;
}

/** Parameters that updates move, run with the reference interpreter in float32. Noise comes from the seed and the step. */
export function createTraining(initial: Players, seed = 1) {
  const players: Record<string, Tree<Value>> = { ...initial };
  let updates = 0;
  const symbolsOf = (name: string): Tree<Tensor> =>
    unflattenTree(
      Object.fromEntries(
        Object.entries(flattenTree(players[name] as Tree<Value>)).map(([path, v]) => [
          path,
          input(`${name}/${path}`, v.shape, v.dtype),
        ]),
      ),
    );

  function createUpdate({
    player,
    optimizer,
    feeds: types = {},
    program,
    project = (p) => p,
  }: UpdateOptions) {
    const update = `update${++updates}`;
    const { ctx, noise, scalars } = createStepContext({ training: true });
    const params = Object.fromEntries(Object.keys(players).map((name) => [name, symbolsOf(name)]));
    const fed = Object.fromEntries(
      Object.entries(types).map(([name, { dtype, shape }]) => [name, input(`feed/${name}`, shape, dtype)]),
    );
    const { loss, outputs = {} } = program(params, fed, ctx);
    let slots = optimizer.init(players[player] as Tree<Value>);
    const slotSymbols = Object.fromEntries(
      Object.entries(flattenTree(slots)).map(([path, v]) => [path, input(`slots/${path}`, v.shape, v.dtype)]),
    );
    const own = params[player] as Tree<Tensor>;
    const next = descend(optimizer, loss, own, unflattenTree(slotSymbols), ctx.child('optimizer'));
    const step = optimize(
      graph({
        outputs: {
          ...flattenTree(project(next.params), 'params'),
          ...flattenTree(next.slots, 'slots'),
          loss,
          ...Object.fromEntries(Object.entries(outputs).map(([name, y]) => [`output/${name}`, y])),
        },
      }),
    );
    const needed = new Set(step.inputs.map((x) => inputName(x)));
    let call = 0;
    return (feeds: Readonly<Record<string, Value>> = {}): Readonly<Record<string, Value>> => {
      const all: Record<string, Value> = {};
      for (const [name, tree] of Object.entries(players)) Object.assign(all, flattenTree(tree, name));
      Object.assign(all, flattenTree(slots, 'slots'));
      for (const [name, value] of Object.entries(feeds)) all[`feed/${name}`] = value;
      for (const { name, shape, distribution } of noise) {
        all[name] = createRng(seed)
          .child(update)
          .child(name)
          .draw(shape as readonly number[], distribution, call);
      }
      for (const { name, value } of scalars)
        all[name] = valueOf(typeof value === 'function' ? value(call) : value);
      const results = evaluate(
        step,
        Object.fromEntries(Object.entries(all).filter(([name]) => needed.has(name))),
      );
      call++;
      players[player] = unflattenTree(results, 'params');
      slots = Object.keys(flattenTree(slots)).length > 0 ? unflattenTree(results, 'slots') : slots;
      return {
        loss: results.loss as Value,
        ...Object.fromEntries(Object.keys(outputs).map((name) => [name, results[`output/${name}`] as Value])),
      };
    };
  }
  return { players, createUpdate };
}
