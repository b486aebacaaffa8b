import { GanymedeError } from '@ganymede/core';
import { LuDecomposition, Matrix } from 'ml-matrix';
import type { PayoffMatrix } from './bimatrix.js';
import type { MixedProfile, NormalFormGame } from './normal-form-game.js';

/** Options of {@link mixedEquilibria}. */
export interface SupportEnumerationOptions {
  /** Largest regret of what is returned, as a share of the payoffs' range. @defaultValue 1e-10 */
  readonly tolerance?: number;
}

/** The payoffs of the row and of the column player as matrices. Throws GANYMEDE_BAD_GAME unless there are two players. */
export function payoffMatrices(game: NormalFormGame): readonly [row: number[][], column: number[][]] {
  const [rows, columns] = game.strategies.map(({ length }) => length);
  if (game.players.length !== 2 || rows === undefined || columns === undefined)
    throw new GanymedeError('GANYMEDE_BAD_GAME', {
      message: `${game.name} has ${game.players.length} players, expected two`,
      hint: 'mixed equilibria of more players have no finite method here: try fictitiousPlay and check residual',
    });
  const [a, b] = game.payoffs.map((table) =>
    Array.from({ length: rows }, (_, i) => table.slice(i * columns, (i + 1) * columns)),
  );
  return [a as number[][], b as number[][]];
}

/** All subsets of 0 … count-1 of `size` elements. */
function* subsets(count: number, size: number, from = 0): Generator<number[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = from; first <= count - size; first++)
    for (const rest of subsets(count, size - 1, first + 1)) yield [first, ...rest];
}

/**
 * The vertices of {(x, v): x a mixture, v at least what the other player gets of each strategy}: mixtures for which as many of the
 * other's strategies are best as x has in its support. `payoffs[own][other]` are the OTHER player's. In every game, degenerate or not,
 * some pair of vertices is an equilibrium, and the extreme equilibria are exactly such pairs (Mangasarian 1964).
 */
function vertices(payoffs: PayoffMatrix, tolerance: number): number[][] {
  const [own, other] = [payoffs.length, payoffs[0]?.length ?? 0];
  const found: number[][] = [];
  for (let size = 1; size <= Math.min(own, other); size++)
    for (const support of subsets(own, size))
      for (const replies of subsets(other, size)) {
        const weights = indifferent(payoffs, support, replies);
        if (weights === undefined || weights.some((w) => w < -tolerance)) continue;
        const x = Array.from({ length: own }, () => 0);
        for (const [k, i] of support.entries()) x[i] = Math.max(0, weights[k] as number);
        const total = x.reduce((sum, w) => sum + w, 0);
        const mixture = x.map((w) => w / total);
        if (!found.some((known) => known.every((w, i) => Math.abs(w - (mixture[i] as number)) < 1e-9)))
          found.push(mixture);
      }
  return found;
}

/** Weights on `support`, summing to 1, that make all `replies` worth the same to the other; undefined where they are not unique. */
function indifferent(
  payoffs: PayoffMatrix,
  support: readonly number[],
  replies: readonly number[],
): number[] | undefined {
  const size = support.length;
  const rows = replies.map((j) => [...support.map((i) => payoffs[i]?.[j] as number), -1]);
  const lu = new LuDecomposition(new Matrix([...rows, [...support.map(() => 1), 0]]));
  if (lu.isSingular()) return undefined;
  const target = Matrix.columnVector([...replies.map(() => 0), 1]);
  const weights = lu.solve(target).to1DArray().slice(0, size);
  return weights.every(Number.isFinite) ? weights : undefined;
}

/**
 * The extreme Nash equilibria of a two-player game by support enumeration, pure ones included: for each support of a mixture, and each set
 * of as many replies that it makes indifferent, one linear system; then the pairs of mixtures that are best replies to each other. Supports
 * of the two players may differ in size, so that at least one equilibrium is found in degenerate games, too; where equilibria form
 * edges or faces, their corners are returned.
 *
 * The number of systems grows like 4^strategies: meant for up to about 8 x 8. Throws GANYMEDE_BAD_GAME unless there are two players.
 * Source: Dickhaut and Kaplan 1991; von Stengel 2007, algorithm 3.4.
 */
export function mixedEquilibria(
  game: NormalFormGame,
  { tolerance = 1e-10 }: SupportEnumerationOptions = {},
): MixedProfile[] {
  const [a, b] = payoffMatrices(game);
  const [rowPayoffs, columnPayoffs] = [inUnits(a), inUnits(b)];
  const transposed = (rowPayoffs[0] ?? []).map((_, j) => rowPayoffs.map((row) => row[j] as number));
  const xs = vertices(columnPayoffs, tolerance).map((x) => [x, payoffsAgainst(columnPayoffs, x)] as const);
  const ys = vertices(transposed, tolerance).map((y) => [y, payoffsAgainst(transposed, y)] as const);
  const regret = (own: readonly number[], payoffs: readonly number[]) =>
    Math.max(...payoffs) - dot(own, payoffs);
  return xs.flatMap(([x, ofColumns]) =>
    ys
      .filter(([y, ofRows]) => Math.max(regret(x, ofRows), regret(y, ofColumns)) <= tolerance)
      .map(([y]) => [x, y] as const),
  );
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);

/** What the other player gets of each of its strategies against the mixture x. */
const payoffsAgainst = (payoffs: PayoffMatrix, x: readonly number[]): number[] =>
  (payoffs[0] ?? []).map((_, j) => x.reduce((sum, w, i) => sum + w * (payoffs[i]?.[j] as number), 0));

/** Payoffs moved and scaled into [0, 1]: equilibria stay, and tolerances mean the same in every game. */
function inUnits(payoffs: PayoffMatrix): number[][] {
  const all = payoffs.flat();
  const low = Math.min(...all);
  const range = Math.max(...all) - low || 1;
  return payoffs.map((row) => row.map((x) => (x - low) / range));
}
