import { GanymedeError } from '@ganymede/core';
import type { PayoffMatrix } from './bimatrix.js';
import type { NormalFormGame } from './normal-form-game.js';
import { payoffMatrices } from './support-enumeration.js';

/** The solution of a two-player zero-sum game. */
export interface ZeroSumEquilibrium {
  /** What the row player gets, whatever the other does, and no more than that. */
  readonly value: number;
  /** Optimal mixtures of the row and of the column player. */
  readonly strategies: readonly [row: readonly number[], column: readonly number[]];
}

/** Loading compiles WebAssembly, which takes longer than most games. */
const loadSolver = async () => (await import('highs')).default();
let loaded: ReturnType<typeof loadSolver> | undefined;

/**
 * The value and optimal mixtures of a two-player zero-sum game (von Neumann 1928) by linear programming: maximise v under x'A >= v for
 * every column, x a mixture, and the same for the other player. Solved by HiGHS (compiled to WebAssembly, part of the package's
 * dependencies); the two values agree to about 1e-12. Also for games too large for support enumeration.
 *
 * Throws GANYMEDE_BAD_GAME unless there are two players whose payoffs add up to zero.
 */
export async function zeroSumEquilibrium(game: NormalFormGame): Promise<ZeroSumEquilibrium> {
  const [row, column] = payoffMatrices(game);
  const sum = Math.max(
    ...row.flatMap((payoffs, i) => payoffs.map((a, j) => Math.abs(a + (column[i]?.[j] as number)))),
  );
  if (sum > 1e-9 * Math.max(1, ...row.flat().map(Math.abs)))
    throw new GanymedeError('GANYMEDE_BAD_GAME', {
      message: `${game.name} is not zero-sum: two payoffs add up to ${sum} or -${sum}`,
      hint: 'use mixedEquilibria',
    });
  loaded ??= loadSolver();
  const solver = await loaded;
  const transposed = (matrix: PayoffMatrix) =>
    (matrix[0] ?? []).map((_, j) => matrix.map((r) => r[j] as number));
  const solve = (payoffs: PayoffMatrix) => {
    const result = solver.solve(linearProgram(payoffs), { primal_feasibility_tolerance: 1e-10 });
    if (result.Status !== 'Optimal')
      throw new GanymedeError('GANYMEDE_NOT_CONVERGED', {
        message: `${game.name}: the linear program ended with "${result.Status}"`,
        hint: 'scale the payoffs to about 1',
      });
    const weights = payoffs.map((_, i) => Math.max(0, result.Columns[`x${i}`]?.Primal ?? 0));
    const total = weights.reduce((a, b) => a + b, 0);
    return weights.map((w) => w / total);
  };
  const x = solve(row);
  const y = solve(transposed(column));
  const value = row.reduce(
    (v, payoffs, i) => v + payoffs.reduce((u, a, j) => u + a * (x[i] as number) * (y[j] as number), 0),
    0,
  );
  return { value, strategies: [x, y] };
}

/** `payoffs[own][other]` of the player whose mixture is sought, as a program in CPLEX's LP format. */
function linearProgram(payoffs: PayoffMatrix): string {
  const term = (factor: number, name: string) => `${factor < 0 ? '-' : '+'} ${Math.abs(factor)} ${name}`;
  const rows = (payoffs[0] ?? []).map(
    (_, j) => ` c${j}: ${payoffs.map((own, i) => term(own[j] as number, `x${i}`)).join(' ')} - v >= 0`,
  );
  const mixture = ` mixture: ${payoffs.map((_, i) => `+ x${i}`).join(' ')} = 1`;
  return ['Maximize', ' value: v', 'Subject To', ...rows, mixture, 'Bounds', ' v free', 'End'].join('\n');
}
