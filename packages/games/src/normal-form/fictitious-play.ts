import { checkMixedProfile, pureProfile, replyPayoffs } from './expected-payoffs.js';
import { type MixedProfile, type NormalFormGame, type Profile, profileIndex } from './normal-form-game.js';

/** Options of {@link fictitiousPlay}. */
export interface FictitiousPlayOptions {
  /** Rounds played after the first. @defaultValue 1000 */
  readonly rounds?: number;
  /** What everybody plays in the first round. Default: everybody's first strategy. */
  readonly start?: Profile;
}

/** Where fictitious play has come to. */
export interface FictitiousPlay {
  /** How often each player has played each of its strategies, as shares. */
  readonly shares: MixedProfile;
  /** What was played, round by round, the first included. */
  readonly path: readonly Profile[];
}

/**
 * Fictitious play (Brown 1951): in every round all players reply, at once, to the shares of what the others have played so far; of equally
 * good replies the first. The shares converge to an equilibrium in zero-sum games (Robinson 1951; the regret falls like 1/sqrt(rounds) or
 * faster), in 2 x n games and in potential games, and may cycle elsewhere (Shapley 1964). Any number of players. Throws
 * GANYMEDE_BAD_GAME on a start that is not in the game.
 */
export function fictitiousPlay(
  game: NormalFormGame,
  { rounds = 1000, start = game.players.map(() => 0) }: FictitiousPlayOptions = {},
): FictitiousPlay {
  profileIndex(game, start);
  const counts = pureProfile(game, start);
  const path: Profile[] = [start];
  for (let round = 1; round <= rounds; round++) {
    const shares = counts.map((list) => list.map((n) => n / round));
    const profile = game.players.map((_, player) => {
      const payoffs = replyPayoffs(game, shares, player);
      return payoffs.indexOf(Math.max(...payoffs));
    });
    path.push(profile);
    for (const [player, s] of profile.entries()) (counts[player] as number[])[s]!++;
  }
  const shares = counts.map((list) => list.map((n) => n / (rounds + 1)));
  checkMixedProfile(game, shares);
  return { shares, path };
}
