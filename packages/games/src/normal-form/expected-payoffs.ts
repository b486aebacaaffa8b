import { GanymedeError } from '@ganymede/core';
import {
  type MixedProfile,
  type NormalFormGame,
  type Profile,
  profilesOf,
  strategyCounts,
} from './normal-form-game.js';

/** How far the probabilities of a player may be from summing to 1. */
const sumTolerance = 1e-6;

/** The mixed profile in which everybody plays one strategy for sure. */
export const pureProfile = (game: NormalFormGame, profile: Profile): number[][] =>
  strategyCounts(game).map((count, player) =>
    Array.from({ length: count }, (_, s) => (s === profile[player] ? 1 : 0)),
  );

/** Throws GANYMEDE_BAD_STRATEGY unless each player has one probability for each of its strategies, and they sum to 1. */
export function checkMixedProfile(game: NormalFormGame, mixed: MixedProfile): void {
  const counts = strategyCounts(game);
  const wrong = counts.findIndex((count, player) => {
    const p = mixed[player] ?? [];
    const sum = p.reduce((total, x) => total + x, 0);
    return p.length !== count || p.some((x) => !(x >= -sumTolerance)) || !(Math.abs(sum - 1) <= sumTolerance);
  });
  if (wrong < 0 && mixed.length === counts.length) return;
  throw new GanymedeError('GANYMEDE_BAD_STRATEGY', {
    message: `${game.name}: the mixed strategy of ${game.players[wrong] ?? 'nobody'} is [${(mixed[wrong] ?? []).join(', ')}]`,
    hint: `give ${counts.join(', ')} probabilities that sum to 1, a list for each player`,
  });
}

/**
 * What `player` expects of each of its strategies while the others play `mixed` (its own mixture does not count). Throws
 * GANYMEDE_BAD_STRATEGY.
 */
export function replyPayoffs(game: NormalFormGame, mixed: MixedProfile, player: number): number[] {
  checkMixedProfile(game, mixed);
  const table = game.payoffs[player] as readonly number[];
  const totals = (game.strategies[player] as readonly string[]).map(() => 0);
  for (const [index, profile] of profilesOf(strategyCounts(game)).entries()) {
    const weight = profile.reduce(
      (w, s, other) => (other === player ? w : w * (mixed[other]?.[s] as number)),
      1,
    );
    const own = profile[player] as number;
    totals[own] = (totals[own] as number) + weight * (table[index] as number);
  }
  return totals;
}

/** What every player expects when all draw their strategies independently from `mixed`. Throws GANYMEDE_BAD_STRATEGY. */
export const expectedPayoffs = (game: NormalFormGame, mixed: MixedProfile): number[] =>
  game.players.map((_, player) =>
    replyPayoffs(game, mixed, player).reduce((sum, x, s) => sum + x * (mixed[player]?.[s] as number), 0),
  );

/**
 * What each player could gain by its best reply, the others staying: all zero exactly at a Nash equilibrium. Their sum is the duality
 * gap of a zero-sum game. Throws GANYMEDE_BAD_STRATEGY.
 */
export const regrets = (game: NormalFormGame, mixed: MixedProfile): number[] =>
  game.players.map((_, player) => {
    const replies = replyPayoffs(game, mixed, player);
    const expected = replies.reduce((sum, x, s) => sum + x * (mixed[player]?.[s] as number), 0);
    return Math.max(...replies) - expected;
  });

/** The residual of a profile as an equilibrium: the largest regret. Throws GANYMEDE_BAD_STRATEGY. */
export const residual = (game: NormalFormGame, mixed: MixedProfile): number =>
  Math.max(...regrets(game, mixed));
