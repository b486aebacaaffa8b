import { GanymedeError } from '@ganymede/core';

/**
 * A finite game in normal form: each player chooses one of its strategies, all at once, and a table says what everybody gets.
 * Players want large payoffs. Plain data: it survives JSON.
 */
export interface NormalFormGame {
  readonly name: string;
  /** Names of the players, in the order that profiles and payoffs follow. */
  readonly players: readonly string[];
  /** Names of each player's strategies. */
  readonly strategies: readonly (readonly string[])[];
  /** Each player's payoffs by profile, row-major: the last player's strategy varies fastest. */
  readonly payoffs: readonly (readonly number[])[];
}

/** One pure strategy of each player, by index. */
export type Profile = readonly number[];

/** One probability vector over its strategies for each player. */
export type MixedProfile = readonly (readonly number[])[];

/** What {@link normalForm} makes a game of. */
export interface NormalFormOptions {
  readonly name?: string;
  readonly players?: readonly string[];
  readonly strategies: readonly (readonly string[])[];
  /** The payoff of every player when this profile is played. */
  readonly payoff: (profile: Profile) => readonly number[];
}

const bad = (what: string, message: string, hint: string): GanymedeError =>
  new GanymedeError('GANYMEDE_BAD_GAME', { message: `${what}: ${message}`, hint });

/** All profiles of a game with these numbers of strategies, in the order of the payoff tables. */
export const profilesOf = (counts: readonly number[]): Profile[] =>
  counts.reduce<number[][]>(
    (profiles, count) =>
      profiles.flatMap((profile) => Array.from({ length: count }, (_, i) => [...profile, i])),
    [[]],
  );

/** How many strategies each player has. */
export const strategyCounts = ({ strategies }: NormalFormGame): number[] =>
  strategies.map(({ length }) => length);

/**
 * A game of any number of players from a function of the profile. Throws GANYMEDE_BAD_GAME where a player has no strategy, or a
 * payoff is missing or not finite.
 */
export const normalForm = ({
  name = 'game',
  players,
  strategies,
  payoff,
}: NormalFormOptions): NormalFormGame => {
  const names = players ?? strategies.map((_, i) => `player ${i + 1}`);
  if (strategies.length === 0 || names.length !== strategies.length)
    throw bad(
      name,
      `${names.length} players, ${strategies.length} lists of strategies`,
      'give one list for each player',
    );
  const empty = strategies.findIndex(({ length }) => length === 0);
  if (empty >= 0) throw bad(name, `${names[empty]} has no strategy`, 'give each player at least one');
  const rows = profilesOf(strategies.map(({ length }) => length)).map((profile) => {
    const row = payoff(profile);
    if (row.length !== names.length || !row.every(Number.isFinite))
      throw bad(
        name,
        `the payoffs of profile [${profile.join(', ')}] are [${row.join(', ')}]`,
        `give ${names.length} finite numbers, one for each player`,
      );
    return row;
  });
  return {
    name,
    players: names,
    strategies,
    payoffs: names.map((_, player) => rows.map((row) => row[player] as number)),
  };
};

/** Where a profile's payoffs stand in the tables. Throws GANYMEDE_BAD_GAME on a strategy that is not in the game. */
export const profileIndex = (game: NormalFormGame, profile: Profile): number => {
  const counts = strategyCounts(game);
  if (
    profile.length !== counts.length ||
    profile.some((s, i) => !Number.isInteger(s) || s < 0 || s >= (counts[i] ?? 0))
  )
    throw bad(
      game.name,
      `there is no profile [${profile.join(', ')}]`,
      `give one index for each player, below ${counts.join(', ')}`,
    );
  return profile.reduce((index, s, i) => index * (counts[i] as number) + s, 0);
};

/** What every player gets when this profile is played. */
export const payoffsAt = (game: NormalFormGame, profile: Profile): number[] => {
  const index = profileIndex(game, profile);
  return game.payoffs.map((table) => table[index] as number);
};
