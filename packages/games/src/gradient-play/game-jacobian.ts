import { vectorField } from '@ganymede/nn';
import {
  concat,
  evaluate,
  grad,
  type Graph,
  graph,
  numbersOf,
  type Tensor,
  type Value,
} from '@ganymede/tensor';
import type { DifferentiableGame } from './differentiable-game.js';
import { feedsAt, type GamePoint, gameLeaves, gameSymbols, pointOf } from './game-point.js';

/** What a compiled game tells about its points. */
export interface GameField {
  /** Everybody's loss. */
  losses(point?: GamePoint): Readonly<Record<string, number>>;
  /** The field of simultaneous gradients: of each player's loss by its own parameters. Descent goes against it. */
  field(point?: GamePoint): number[];
  /** The field's derivative: row i is the gradient of component i by all numbers of the point. Exact, by second derivatives. */
  jacobian(point?: GamePoint): number[][];
}

/**
 * The field of simultaneous gradients of a game and its Jacobian (Mescheder, Nowozin and Geiger 2017, eq. 4; Balduzzi et al. 2018, the
 * game Hessian), in float64. Every row of the Jacobian is one more backward pass: for games of up to some hundred numbers. Without a
 * point, each answers for the game's start. Throws GANYMEDE_BAD_GAME on a point of another size.
 */
export function gameField(game: DifferentiableGame): GameField {
  const symbols = gameSymbols(game);
  const own = Object.values(gameLeaves(vectorField(game, symbols)));
  const players = Object.keys(game.start);
  const losses = graph({
    outputs: Object.fromEntries(players.map((player) => [player, game.loss(player, symbols)])),
  });
  const field = graph({ outputs: Object.fromEntries(own.map((part, i) => [String(i), part])) });
  let jacobian: Graph | undefined;
  const start = pointOf(game.start);
  const at = (program: Graph, point: GamePoint): Record<string, Value> =>
    evaluate(program, feedsAt(game, point));
  return {
    losses: (point = start) =>
      Object.fromEntries(Object.entries(at(losses, point)).map(([player, v]) => [player, Number(v.data[0])])),
    field: (point = start) => own.flatMap((_, i) => numbersOf(at(field, point)[String(i)] as Value)),
    jacobian(point = start) {
      jacobian ??= rowsOf(own, Object.values(gameLeaves(symbols)));
      const values = at(jacobian, point);
      return start.map((_, row) => start.map((_, column) => cell(values, row, column)));
    },
  };
}

/** Names of the graph's outputs are `<row>:<leaf>`; a cell is found by counting through the leaves. */
function rowsOf(field: readonly Tensor[], leaves: readonly Tensor[]): Graph {
  const components = field.flatMap((part) => {
    const flat = part.reshape([-1]);
    return Array.from({ length: flat.shape[0] as number }, (_, i) => flat.slice(0, i, i + 1).sum());
  });
  const rows = components.map((component, row) => {
    const partials = grad(component, leaves).map((d) => d.reshape([-1]));
    return [String(row), concat(partials, 0)] as const;
  });
  return graph({ outputs: Object.fromEntries(rows) });
}

const cell = (rows: Readonly<Record<string, Value>>, row: number, column: number): number =>
  Number((rows[String(row)] as Value).data[column]);
