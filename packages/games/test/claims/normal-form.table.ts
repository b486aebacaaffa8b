import { createRng } from '@ganymede/core';
import { numbersOf } from '@ganymede/tensor';
import type { ClaimRow } from '@ganymede/testing';
import {
  bestResponseDynamics,
  bimatrix,
  expectedPayoffs,
  fictitiousPlay,
  gridMinimax,
  gridPoints,
  matchingPennies,
  mixedEquilibria,
  type NormalFormGame,
  payoffsAt,
  pigs,
  profilesOf,
  pureEquilibria,
  residual,
  rockPaperScissors,
  stagHunt,
  zeroSum,
  zeroSumEquilibrium,
} from '../../src/index.js';

const count = 1000;

/** Random 3 x 3 games with payoffs uniform on [0, 1), or on `levels` numbers there. */
const randomGame = (seed: number, levels = Number.POSITIVE_INFINITY): NormalFormGame => {
  const [a, b] = ['row', 'column'].map((name) => {
    const drawn = numbersOf(createRng(seed).child(name).draw([9], { kind: 'uniform' }));
    const x = levels === Number.POSITIVE_INFINITY ? drawn : drawn.map((u) => Math.floor(u * levels));
    return [0, 3, 6].map((i) => x.slice(i, i + 3));
  });
  return bimatrix(a as number[][], b as number[][]);
};

const equilibriaOf = (levels?: number) =>
  Array.from({ length: count }, (_, seed) => {
    const game = randomGame(seed, levels);
    return { game, found: mixedEquilibria(game) };
  });

const fewest = (levels?: number) => Math.min(...equilibriaOf(levels).map(({ found }) => found.length));

const worst = (levels?: number) =>
  Math.max(...equilibriaOf(levels).flatMap(({ game, found }) => found.map((mixed) => residual(game, mixed))));

/** Largest distance of the one equilibrium in which both mix from ½, ½. */
const offHalf = (game: NormalFormGame): number => {
  const mixed = mixedEquilibria(game).filter((profile) => profile.every((p) => Math.max(...p) < 1));
  return mixed.length === 1 ? Math.max(...(mixed[0] ?? []).flat().map((p) => Math.abs(p - 0.5))) : Number.NaN;
};

const largeGame = () => {
  const x = numbersOf(createRng(1).draw([1200], { kind: 'normal' }));
  return zeroSum(Array.from({ length: 30 }, (_, i) => x.slice(40 * i, 40 * i + 40)));
};

const stag = 'Stag hunt';
const pig = 'Pigs';
const pennies = 'Matching pennies';
const existence = 'Existence of equilibria (Nash 1950)';
const programming = 'Zero-sum games (von Neumann 1928)';
const learning = 'Fictitious play (Brown 1951)';

/** Rows about games in normal form. */
export const normalFormRows: readonly ClaimRow[] = [
  {
    about: stag,
    claim: 'pure equilibria',
    expected: { exact: 2, tolerance: 0 },
    measure: () => pureEquilibria(stagHunt()).length,
  },
  {
    about: stag,
    claim: 'its one mixed equilibrium hunts the stag with ½ each: the largest distance from that',
    expected: { below: 1e-12 },
    measure: () => offHalf(stagHunt()),
  },
  {
    about: stag,
    claim: 'simultaneous best responses from (stag, hare) come back after moves',
    expected: { exact: 2, tolerance: 0 },
    measure: () => bestResponseDynamics(stagHunt(), [0, 1], { order: 'simultaneous' }).period,
  },
  {
    about: pig,
    claim: 'equilibria, mixed ones included',
    expected: { exact: 1, tolerance: 0 },
    measure: () => mixedEquilibria(pigs()).length,
  },
  {
    about: pig,
    claim: 'in the equilibrium the large pig gets',
    expected: { exact: 2, tolerance: 0 },
    measure: () => payoffsAt(pigs(), pureEquilibria(pigs())[0] ?? [])[0] as number,
  },
  {
    about: pig,
    claim: 'and the small one, which lets it push, gets',
    expected: { exact: 3, tolerance: 0 },
    measure: () => payoffsAt(pigs(), pureEquilibria(pigs())[0] ?? [])[1] as number,
  },
  {
    about: 'Best responses (Cournot 1838)',
    claim: 'alternating, from all four starts of both games: the most moves until they rest',
    expected: { between: [0, 3] },
    measure: () =>
      Math.max(
        ...[stagHunt(), pigs()].flatMap((game) =>
          profilesOf([2, 2]).map((start) => {
            const { outcome, moves } = bestResponseDynamics(game, start);
            return outcome === 'fixed-point' ? moves : Number.NaN;
          }),
        ),
      ),
  },
  {
    about: pennies,
    claim: 'pure equilibria',
    expected: { exact: 0, tolerance: 0 },
    measure: () => pureEquilibria(matchingPennies()).length,
  },
  {
    about: pennies,
    claim: 'the mixed one has ½ each: the largest distance from that',
    expected: { below: 1e-12 },
    measure: () => offHalf(matchingPennies()),
  },
  {
    about: pennies,
    claim: 'alternating best responses go around with the period',
    expected: { exact: 4, tolerance: 0 },
    measure: () => bestResponseDynamics(matchingPennies(), [0, 0]).period,
  },
  {
    about: existence,
    claim: '1000 random 3 x 3 games: the fewest equilibria of one',
    expected: { above: 0 },
    measure: () => fewest(),
  },
  {
    about: existence,
    claim: 'the largest regret in any of them',
    expected: { below: 1e-9 },
    measure: () => worst(),
  },
  {
    about: existence,
    claim: '1000 games with payoffs 0, 1, 2, nearly all degenerate: the fewest',
    expected: { above: 0 },
    measure: () => fewest(3),
  },
  {
    about: existence,
    claim: 'the largest regret there',
    expected: { below: 1e-9 },
    measure: () => worst(3),
  },
  {
    about: programming,
    claim: 'a random 30 x 40 game by linear programming: the duality gap',
    expected: { below: 1e-9 },
    measure: async () => {
      const game = largeGame();
      const { strategies } = await zeroSumEquilibrium(game);
      return residual(game, strategies);
    },
  },
  {
    about: programming,
    claim: '20 random 3 x 3 games: largest difference of its value from support enumeration’s',
    expected: { below: 1e-9 },
    measure: async () => {
      const differences = Array.from({ length: 20 }, async (_, seed) => {
        const [payoffs = []] = randomGame(seed).payoffs;
        const game = zeroSum([0, 3, 6].map((i) => payoffs.slice(i, i + 3)));
        const { value } = await zeroSumEquilibrium(game);
        return Math.abs(value - (expectedPayoffs(game, mixedEquilibria(game)[0] ?? [])[0] as number));
      });
      return Math.max(...(await Promise.all(differences)));
    },
  },
  {
    about: learning,
    claim: 'rock, paper, scissors: regret after 10 000 rounds (Robinson 1951: it goes to zero)',
    expected: { below: 0.02 },
    measure: () =>
      residual(rockPaperScissors(), fictitiousPlay(rockPaperScissors(), { rounds: 10_000 }).shares),
  },
  {
    about: 'Minimax is not maximin (Goodfellow 2016)',
    claim: '(x − y)² on a grid over [0, 1]²: min max − max min',
    expected: { exact: 0.25, tolerance: 0 },
    measure: () => {
      const grid = gridPoints(0, 1, 101);
      return gridMinimax((x, y) => (x - y) ** 2, grid, grid).gap;
    },
  },
];
