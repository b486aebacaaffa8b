import { flattenTree, GanymedeError, type Tree, unflattenTree } from '@ganymede/core';
import { mapPlayers, type Players } from '@ganymede/nn';
import { input, numbersOf, sizeOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import type { DifferentiableGame } from './differentiable-game.js';

/** Where a game stands, as one list of numbers: all players' parameters one after the other. */
export type GamePoint = readonly number[];

/** Everybody's parameters as symbols, named `<player>/<path>`. */
export const gameSymbols = (game: DifferentiableGame): Players<Tree<Tensor>> =>
  mapPlayers(game.start, (params, player) =>
    unflattenTree(
      Object.fromEntries(
        Object.entries(flattenTree(params)).map(([path, v]) => [
          path,
          input(`${player}/${path}`, v.shape, v.dtype),
        ]),
      ),
    ),
  );

/** All leaves by `<player>/<path>`, in the order of a point's numbers. */
export const gameLeaves = <T>(players: Players<Tree<T>>): Readonly<Record<string, T>> =>
  Object.assign({}, ...Object.entries(players).map(([player, tree]) => flattenTree(tree, player))) as Record<
    string,
    T
  >;

/** The numbers of everybody's parameters. */
export const pointOf = (players: Players<Tree<Value>>): number[] =>
  Object.values(gameLeaves(players)).flatMap(numbersOf);

/** Which parameter each number of a point is: `x/at`, `critic/kernel[3]`. */
export const coordinatesOf = (game: DifferentiableGame): string[] =>
  Object.entries(gameLeaves(game.start)).flatMap(([path, v]) =>
    v.data.length === 1 ? [path] : Array.from({ length: v.data.length }, (_, i) => `${path}[${i}]`),
  );

/** What the symbols of {@link gameSymbols} stand for at a point. Throws GANYMEDE_BAD_GAME where it has not the game's size. */
export function feedsAt(game: DifferentiableGame, point: GamePoint): Record<string, Value> {
  const leaves = Object.entries(gameLeaves(game.start));
  const size = leaves.reduce((sum, [, v]) => sum + sizeOf(v.shape), 0);
  if (point.length !== size)
    throw new GanymedeError('GANYMEDE_BAD_GAME', {
      message: `${game.name}: a point has ${size} numbers, ${point.length} were given`,
      hint: `in this order: ${coordinatesOf(game).slice(0, 12).join(', ')}`,
    });
  let from = 0;
  return Object.fromEntries(
    leaves.map(([path, v]) => {
      const numbers = point.slice(from, from + v.data.length);
      from += v.data.length;
      return [path, valueOf(numbers, v.shape, v.dtype)];
    }),
  );
}
