import {
  createStepContext,
  flattenTree,
  mapTree,
  type Optimizer,
  type StepContext,
  type Tree,
} from '@ganymede/core';
import {
  evaluate,
  graph,
  input,
  inputName,
  optimize,
  type Tensor,
  type Value,
  valueOf,
} from '@ganymede/tensor';
import { descendAlong, type Dynamics, type Game, type Players, type Standing } from '../src/index.js';

/** A game to be played by numbers. */
export interface PlayedGame {
  /** Starting parameters of each player, in the order of the moves. */
  readonly start: Players<Tree<Value>>;
  readonly optimizers: Players<Optimizer>;
  loss(player: string, params: Players<Tree<Tensor>>): Tensor;
}

/** Where the players are after an update. */
export type Place = Players<Readonly<Record<string, readonly number[]>>>;

export interface Played {
  /** After each update, the start first. */
  readonly places: readonly Place[];
  /** How often each player's loss was asked for while the update was built. */
  readonly evaluations: Readonly<Record<string, number>>;
}

/** Plays `updates` updates of a game in float64, each by the same graph: all memory is in parameters, slots and state. */
export function play(dynamics: Dynamics, { start, optimizers, loss }: PlayedGame, updates: number): Played {
  const { ctx, scalars } = createStepContext({ training: true });
  const here = inDouble(ctx);
  const evaluations: Record<string, number> = {};
  const values: Record<string, Value> = {};
  const double = (v: Value): Value => valueOf(Array.from(v.data, Number), v.shape, 'float64');
  const symbols = (tree: Tree<Value>, prefix: string): Tree<Tensor> =>
    mapTree(tree, (v, path) => {
      const name = `${prefix}/${path}`;
      values[name] = double(v);
      return input(name, v.shape, 'float64');
    });
  const standings: Players<Standing> = Object.fromEntries(
    Object.entries(start).map(([player, params]) => [
      player,
      {
        params: symbols(params, `params/${player}`),
        slots: symbols(optimizers[player]?.init(params) ?? {}, `slots/${player}`),
      },
    ]),
  );
  const game: Game = {
    start: standings,
    ctx: here,
    loss(player, params) {
      evaluations[player] = (evaluations[player] ?? 0) + 1;
      return loss(player, params);
    },
    move: (player, gradients, { params, slots }) =>
      descendAlong(optimizers[player] as Optimizer, gradients, params, slots, here.child(player)),
  };
  const { players, state = {} } = dynamics.update(game, symbols(dynamics.init?.(start) ?? {}, 'state'));
  const outputs = {
    ...Object.assign(
      {},
      ...Object.entries(players).flatMap(([player, { params, slots }]) => [
        flattenTree(params, `params/${player}`),
        flattenTree(slots, `slots/${player}`),
      ]),
    ),
    ...flattenTree(state, 'state'),
  } as Record<string, Tensor>;
  const program = optimize(graph({ outputs }));
  const read = program.inputs.map((x) => inputName(x) as string);
  const place = (): Place =>
    Object.fromEntries(
      Object.entries(start).map(([player, tree]) => [
        player,
        Object.fromEntries(
          Object.keys(flattenTree(tree)).map((path) => [
            path,
            Array.from((values[`params/${player}/${path}`] as Value).data, Number),
          ]),
        ),
      ]),
    );
  const places = [place()];
  for (let call = 0; call < updates; call++) {
    for (const { name, value } of scalars) {
      values[name] = valueOf([typeof value === 'function' ? value(call) : value], [], 'float64');
    }
    Object.assign(
      values,
      evaluate(program, Object.fromEntries(read.map((name) => [name, values[name] as Value]))),
    );
    places.push(place());
  }
  return { places, evaluations };
}

/** Scalars as float64 inputs, so that closed forms hold to the last digits. */
function inDouble(ctx: StepContext): StepContext {
  const known = new Map<string, Tensor>();
  const wrap = (inner: StepContext): StepContext => ({
    ...inner,
    child: (name) => wrap(inner.child(name)),
    scalar(name, value) {
      const declared = inputName(inner.scalar(name, value)) as string;
      const tensor = known.get(declared) ?? input(declared, [], 'float64');
      known.set(declared, tensor);
      return tensor;
    },
  });
  return wrap(ctx);
}

/** A game of two numbers: x minimises L_x(x, y), y minimises L_y(x, y). x moves first. */
export function twoNumbers(
  losses: { readonly x: (x: Tensor, y: Tensor) => Tensor; readonly y: (x: Tensor, y: Tensor) => Tensor },
  start: readonly [x: number, y: number],
  optimizers: { readonly x: Optimizer; readonly y: Optimizer },
): PlayedGame {
  const at = (value: number): Tree<Value> => ({ v: valueOf(value, undefined, 'float64') });
  return {
    start: { x: at(start[0]), y: at(start[1]) },
    optimizers: { ...optimizers },
    loss: (player, { x, y }) => losses[player as 'x' | 'y'](x?.v as Tensor, y?.v as Tensor),
  };
}

/** The two numbers after each update. */
export const pathOf = ({ places }: Played): readonly (readonly [number, number])[] =>
  places.map(({ x, y }) => [x?.v?.[0] as number, y?.v?.[0] as number]);
