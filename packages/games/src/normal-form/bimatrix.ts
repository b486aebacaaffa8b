import { GanymedeError } from '@ganymede/core';
import { type NormalFormGame, normalForm } from './normal-form-game.js';

/** Names in a two-player game; rows and columns are numbered where nothing is said. */
export interface BimatrixNames {
  readonly name?: string;
  readonly players?: readonly [row: string, column: string];
  readonly rows?: readonly string[];
  readonly columns?: readonly string[];
}

/** A matrix of payoffs: one list for each row. */
export type PayoffMatrix = readonly (readonly number[])[];

/**
 * A two-player game from the payoffs of the row player and of the column player, `[rows][columns]` each. Throws GANYMEDE_BAD_GAME
 * where the two differ in size.
 */
export const bimatrix = (
  row: PayoffMatrix,
  column: PayoffMatrix,
  { name = 'bimatrix game', players = ['row', 'column'], rows, columns }: BimatrixNames = {},
): NormalFormGame => {
  const width = row[0]?.length ?? 0;
  const ragged = row.length !== column.length || [...row, ...column].some(({ length }) => length !== width);
  const misnamed = (rows?.length ?? row.length) !== row.length || (columns?.length ?? width) !== width;
  if (ragged || misnamed)
    throw new GanymedeError('GANYMEDE_BAD_GAME', {
      message: `${name}: the payoffs are ${row.length} x [${row.map(({ length }) => length)}] and ${column.length} x [${column.map(({ length }) => length)}], names ${rows?.length ?? '-'} x ${columns?.length ?? '-'}`,
      hint: 'give two rectangular matrices of one size, and as many names as rows and columns',
    });
  return normalForm({
    name,
    players,
    strategies: [
      rows ?? row.map((_, i) => `row ${i + 1}`),
      columns ?? Array.from({ length: width }, (_, j) => `column ${j + 1}`),
    ],
    payoff: ([i = 0, j = 0]) => [row[i]?.[j] as number, column[i]?.[j] as number],
  });
};

/** A two-player game in which the column player loses what the row player gets. */
export const zeroSum = (row: PayoffMatrix, names: BimatrixNames = {}): NormalFormGame =>
  bimatrix(
    row,
    row.map((payoffs) => payoffs.map((payoff) => (payoff === 0 ? 0 : -payoff))),
    { name: 'zero-sum game', ...names },
  );
