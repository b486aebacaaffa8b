import {
  createRng,
  createStepContext,
  flattenTree,
  GanymedeError,
  type Optimizer,
  type Tree,
  unflattenTree,
} from '@ganymede/core';
import {
  descendAlong,
  type Dynamics,
  type Game,
  inTurn,
  mapPlayers,
  paramsOf,
  type Players,
  sgd,
  type Standing,
} from '@ganymede/nn';
import {
  evaluate,
  graph,
  input,
  numbersOf,
  optimize,
  type Tensor,
  type Value,
  valueOf,
} from '@ganymede/tensor';
import { type DifferentiableGame, inFloat64 } from './differentiable-game.js';
import { float64Context } from './float64-context.js';
import { coordinatesOf, feedsAt, type GamePoint, gameLeaves, gameSymbols, pointOf } from './game-point.js';

/** Options of {@link playGradient}. */
export interface GradientPlayOptions {
  /** How players move: `simultaneous()`, `inTurn()`, `extragradient()`… of `@ganymede/nn`. @defaultValue inTurn() */
  readonly dynamics?: Dynamics;
  /** Rate of plain gradient descent. @defaultValue 0.1 */
  readonly rate?: number;
  /** Instead of plain descent: everybody's optimizer. */
  readonly optimizer?: Optimizer;
  /** @defaultValue 100 */
  readonly steps?: number;
  /** Where to start instead of the game's start. */
  readonly from?: GamePoint;
  /** Of the losses' noise, where they have any. @defaultValue 1 */
  readonly seed?: number;
}

/** A trajectory. */
export interface GradientPlay {
  /** Which parameter each number of a point is. */
  readonly coordinates: readonly string[];
  /** Points from the start on, one after each step. */
  readonly path: readonly GamePoint[];
}

/**
 * Plays a differentiable game by gradients, in float64 with the reference interpreter: the update rules are those that train GANs
 * (`dynamics` of `adversarial`). Throws GANYMEDE_BAD_GAME where play leaves the finite numbers, or `from` has another size.
 */
export function playGradient(
  game: DifferentiableGame,
  {
    dynamics = inTurn(),
    rate = 0.1,
    optimizer = sgd({ rate }),
    steps = 100,
    from,
    seed = 1,
  }: GradientPlayOptions = {},
): GradientPlay {
  const start = from ?? pointOf(game.start);
  const slots = mapPlayers(game.start, (params) => inFloat64(optimizer.init(params)));
  const own = inFloat64(dynamics.init?.(game.start) ?? {});
  const { program, noise, scalars } = compileStep(game, dynamics, optimizer, slots, own);
  let carried: Record<string, Value> = {
    ...feedsAt(game, start),
    ...Object.assign(
      {},
      ...Object.entries(slots).map(([player, tree]) => flattenTree(tree, `slots/${player}`)),
    ),
    ...flattenTree(own, 'dynamics'),
  };
  const leaves = Object.keys(gameLeaves(game.start));
  const path: GamePoint[] = [start];
  for (let call = 0; call < steps; call++) {
    const drawn = noise.map(({ name, shape, distribution }) => [
      name,
      createRng(seed).child(name).draw(shape.map(Number), distribution, call),
    ]);
    const told = scalars.map(({ name, value }) => [
      name,
      valueOf(typeof value === 'function' ? value(call) : value, [], 'float64'),
    ]);
    const next = evaluate(program, { ...carried, ...Object.fromEntries([...drawn, ...told]) });
    carried = { ...carried, ...next };
    const point = leaves.flatMap((leaf) => numbersOf(carried[leaf] as Value));
    if (!point.every(Number.isFinite))
      throw new GanymedeError('GANYMEDE_BAD_GAME', {
        message: `${game.name}: ${dynamics.name} play leaves the finite numbers in step ${call + 1}`,
        hint: 'a smaller rate, fewer steps, or other dynamics',
      });
    path.push(point);
  }
  return { coordinates: coordinatesOf(game), path };
}

/** One step as a graph: inputs are parameters, `slots/…` and `dynamics/…`; outputs are their next values under the same names. */
function compileStep(
  game: DifferentiableGame,
  dynamics: Dynamics,
  optimizer: Optimizer,
  slots: Players<Tree<Value>>,
  own: Tree<Value>,
) {
  const declared = createStepContext({ training: true });
  const ctx = float64Context(declared.ctx);
  const symbols = (values: Tree<Value>, prefix: string): Tree<Tensor> =>
    unflattenTree(
      Object.fromEntries(
        Object.entries(flattenTree(values)).map(([path, v]) => [
          path,
          input(`${prefix}/${path}`, v.shape, v.dtype),
        ]),
      ),
    );
  const params = gameSymbols(game);
  const played: Game = {
    start: mapPlayers(params, (tree, player) => ({
      params: tree,
      slots: symbols(slots[player] as Tree<Value>, `slots/${player}`),
    })),
    loss: (player, at) => game.loss(player, at),
    move: (player, gradients, standing): Standing =>
      descendAlong(optimizer, gradients, standing.params, standing.slots, ctx.child(`optimizer/${player}`)),
    ctx,
  };
  const { players, state = {} } = dynamics.update(played, symbols(own, 'dynamics'));
  const nextSlots = Object.entries(players).map(([player, standing]) =>
    flattenTree(standing.slots, `slots/${player}`),
  );
  const outputs: Record<string, Tensor> = Object.assign(
    { ...gameLeaves(paramsOf(players)), ...flattenTree(state, 'dynamics') },
    ...nextSlots,
  );
  return { program: optimize(graph({ outputs })), noise: declared.noise, scalars: declared.scalars };
}
