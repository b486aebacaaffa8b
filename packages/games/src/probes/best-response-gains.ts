import { type Dynamics, ownGradient, paramsOf } from '@ganymede/nn';
import type { Optimizer } from '@ganymede/core';
import type { DifferentiableGame } from '../gradient-play/differentiable-game.js';
import { gameField } from '../gradient-play/game-jacobian.js';
import { type GamePoint, pointOf } from '../gradient-play/game-point.js';
import { playGradient } from '../gradient-play/play-gradient.js';

/** Options of {@link bestResponseGains}. */
export interface BestResponseGainsOptions {
  /** Where the players stand. Default: the game's start. */
  readonly at?: GamePoint;
  /** Descent steps of each player against the others, who stay. @defaultValue 100 */
  readonly steps?: number;
  /** Rate of plain gradient descent. @defaultValue 0.1 */
  readonly rate?: number;
  /** Instead of plain descent. */
  readonly optimizer?: Optimizer;
}

/** What everybody could gain alone. */
export interface BestResponseGains {
  /** By how much each player can lower its loss while the others stay; never negative. */
  readonly gains: Readonly<Record<string, number>>;
  /** Their sum: the duality gap of a zero-sum game, max f(x, ·) − min f(·, y). Zero at an equilibrium. */
  readonly gap: number;
}

/** Only `player` moves. */
const alone = (player: string): Dynamics => ({
  name: `only ${player}`,
  update(game) {
    const standing = game.start[player];
    if (standing === undefined) return { players: game.start };
    const moved = game.move(player, ownGradient(game, player, paramsOf(game.start)), standing);
    return { players: { ...game.start, [player]: moved } };
  },
});

/**
 * Best-response gains and duality gap at a point of a differentiable game, by descent of each player alone: a lower bound of the true
 * ones, which it reaches where the player's own problem is convex and the steps suffice (Grnarova et al. 2021). Throws GANYMEDE_BAD_GAME
 * where play leaves the finite numbers.
 */
export function bestResponseGains(
  game: DifferentiableGame,
  { at = pointOf(game.start), ...how }: BestResponseGainsOptions = {},
): BestResponseGains {
  const { losses } = gameField(game);
  const before = losses(at);
  const gains = Object.fromEntries(
    Object.keys(game.start).map((player) => {
      const { path } = playGradient(game, { ...how, from: at, dynamics: alone(player) });
      const best = Math.min(...path.map((point) => losses(point)[player] as number));
      return [player, (before[player] as number) - best];
    }),
  );
  return { gains, gap: Object.values(gains).reduce((sum, gain) => sum + gain, 0) };
}
