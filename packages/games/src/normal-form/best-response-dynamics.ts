import { GanymedeError } from '@ganymede/core';
import { type NormalFormGame, type Profile, profileIndex } from './normal-form-game.js';
import { bestReplies } from './pure-equilibria.js';

/** Options of {@link bestResponseDynamics}. */
export interface BestResponseOptions {
  /** Whether players move in turn, the first player first, or all at once. @defaultValue 'alternating' */
  readonly order?: 'alternating' | 'simultaneous';
  /** Moves after which it is given up. @defaultValue 10 000 */
  readonly limit?: number;
}

/** What best-response dynamics came to. */
export interface BestResponsePath {
  /** A fixed point is a pure Nash equilibrium. */
  readonly outcome: 'fixed-point' | 'cycle';
  /** Profiles from the start on: after each move, up to the fixed point or once around the cycle. */
  readonly path: readonly Profile[];
  /** Moves before the fixed point or the cycle is reached. */
  readonly moves: number;
  /** Moves after which the same happens again; 1 at a fixed point. */
  readonly period: number;
}

/**
 * Best-response dynamics (Cournot 1838): players keep replacing their strategies with best replies, until nobody wants to move or
 * a situation comes back. A player whose strategy is among the best keeps it; otherwise it takes the first of the best. A move is one
 * player's turn (`alternating`, also where it keeps its strategy), or everybody's (`simultaneous`). Throws GANYMEDE_BAD_GAME on a profile
 * that is not in the game, GANYMEDE_NOT_CONVERGED past the limit.
 */
export function bestResponseDynamics(
  game: NormalFormGame,
  start: Profile,
  { order = 'alternating', limit = 10_000 }: BestResponseOptions = {},
): BestResponsePath {
  profileIndex(game, start);
  const players = game.players.length;
  const reply = (profile: Profile, player: number): number => {
    const best = bestReplies(game, profile, player);
    const kept = profile[player] as number;
    return best.includes(kept) ? kept : (best[0] as number);
  };
  const movers = (move: number) =>
    order === 'simultaneous' ? game.players.map((_, i) => i) : [move % players];
  const seen = new Map<string, number>();
  const path: Profile[] = [start];
  for (let move = 0; move <= limit; move++) {
    const profile = path[move] as Profile;
    if (profile.every((s, player) => reply(profile, player) === s)) {
      const moves = path.findIndex((earlier) => earlier.join() === profile.join());
      return { outcome: 'fixed-point', path: path.slice(0, moves + 1), moves, period: 1 };
    }
    const situation = `${profile.join()}|${movers(move).join()}`;
    const before = seen.get(situation);
    if (before !== undefined) return { outcome: 'cycle', path, moves: before, period: move - before };
    seen.set(situation, move);
    const moving = movers(move);
    path.push(profile.map((s, player) => (moving.includes(player) ? reply(profile, player) : s)));
  }
  throw new GanymedeError('GANYMEDE_NOT_CONVERGED', {
    message: `${game.name}: best responses neither rest nor repeat within ${limit} moves`,
    hint: 'raise `limit`',
  });
}
