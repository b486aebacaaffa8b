import { pureProfile, replyPayoffs } from './expected-payoffs.js';
import { type NormalFormGame, type Profile, profilesOf, strategyCounts } from './normal-form-game.js';

/** The best replies of `player` to what the others do in `profile`, by index; ties are all there. */
export function bestReplies(game: NormalFormGame, profile: Profile, player: number): number[] {
  const payoffs = replyPayoffs(game, pureProfile(game, profile), player);
  const best = Math.max(...payoffs);
  return payoffs.flatMap((payoff, s) => (payoff === best ? [s] : []));
}

/** All pure Nash equilibria (Nash 1950): profiles in which everybody's strategy is a best reply. Any number of players. */
export const pureEquilibria = (game: NormalFormGame): number[][] =>
  profilesOf(strategyCounts(game))
    .filter((profile) => profile.every((s, player) => bestReplies(game, profile, player).includes(s)))
    .map((profile) => [...profile]);
