import { mapTree, type StepContext, type Tree } from '@ganymede/core';
import type { Tensor, Value } from '@ganymede/tensor';
import { gradientsOf } from '../optimizers/gradients-of.js';

/** Something of every player, by name, in the order in which they move where moves are in turn. */
export type Players<T> = Readonly<Record<string, T>>;

/** Where a player stands: its parameters, and its optimizer's slots. */
export interface Standing {
  readonly params: Tree<Tensor>;
  readonly slots: Tree<Tensor>;
}

/** A differentiable game at one moment of training: what a {@link Dynamics} makes the players' next standings of. */
export interface Game {
  readonly start: Players<Standing>;
  /** What the player minimises, on the step's batch, as a function of everybody's parameters. */
  loss(player: string, params: Players<Tree<Tensor>>): Tensor;
  /** The player's optimizer from where it stands, along gradients (or what takes their place). */
  move(player: string, gradients: Tree<Tensor>, from: Standing): Standing;
  /** For numbers that change over a run. */
  readonly ctx: StepContext;
}

/** What a {@link Dynamics} leads to. */
export interface Outcome {
  readonly players: Players<Standing>;
  /** Next values of the dynamics' own state. */
  readonly state?: Tree<Tensor>;
}

/**
 * How players that learn at once move: a function from the losses of a game, whose derivatives of every order there are, to the next
 * standings. Pure, like an optimizer, which says how one player moves along its gradient.
 */
export interface Dynamics {
  readonly name: string;
  /**
   * Whether everybody moves once, along its gradient at the start: gradients of several batches may then be added up before the move.
   * Default: no.
   */
  readonly additive?: boolean;
  /** The dynamics' own state before the first update, for players of these parameters. Default: none. */
  init?(params: Players<Tree<Value>>): Tree<Value>;
  update(game: Game, state: Tree<Tensor>): Outcome;
}

/** `f` of every player. */
export const mapPlayers = <T, U>(players: Players<T>, f: (of: T, player: string) => U): Players<U> =>
  Object.fromEntries(Object.entries(players).map(([player, of]) => [player, f(of, player)]));

/** Everybody's parameters. */
export const paramsOf = (players: Players<Standing>): Players<Tree<Tensor>> =>
  mapPlayers(players, ({ params }) => params);

/** The gradient of the player's loss by its own parameters, at everybody's parameters. */
export const ownGradient = (
  game: Pick<Game, 'loss'>,
  player: string,
  at: Players<Tree<Tensor>>,
): Tree<Tensor> => gradientsOf(game.loss(player, at), at[player] as Tree<Tensor>);

/** The game's vector field: everybody's gradient at the same point. */
export const vectorField = (game: Pick<Game, 'loss'>, at: Players<Tree<Tensor>>): Players<Tree<Tensor>> =>
  mapPlayers(at, (_, player) => ownGradient(game, player, at));

/** Everybody moves along its part of a field. */
export const moveAll = (
  game: Pick<Game, 'move'>,
  field: Players<Tree<Tensor>>,
  from: Players<Standing>,
): Players<Standing> =>
  mapPlayers(from, (standing, player) => game.move(player, field[player] as Tree<Tensor>, standing));

/** The same numbers, as constants of whatever is differentiated. */
export const stopped = (tree: Tree<Tensor>): Tree<Tensor> => mapTree(tree, (leaf) => leaf.stopGradient());
