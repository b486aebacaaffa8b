import { createRng } from '@ganymede/core';
import { numbersOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { zeroSum } from './bimatrix.js';
import { expectedPayoffs, regrets, residual } from './expected-payoffs.js';
import { matchingPennies, rockPaperScissors, stagHunt } from './named-games.js';
import { mixedEquilibria } from './support-enumeration.js';
import { zeroSumEquilibrium } from './zero-sum-equilibrium.js';

const random = (seed: number, [m, n]: readonly [number, number]) => {
  const x = numbersOf(createRng(seed).draw([m * n], { kind: 'normal' }));
  return zeroSum(Array.from({ length: m }, (_, i) => Array.from(x.slice(i * n, (i + 1) * n))));
};

describe('zero-sum games by linear programming', () => {
  it('by hand', async () => {
    // Row mixes (1/4, 3/4), column (1/2, 1/2); value 5/2.
    const { value, strategies } = await zeroSumEquilibrium(
      zeroSum([
        [4, 1],
        [2, 3],
      ]),
    );
    expect(value).toBeCloseTo(2.5, 12);
    expect(strategies.flat().map((p) => Number(p.toFixed(12)))).toEqual([0.25, 0.75, 0.5, 0.5]);
  });

  it.each([matchingPennies(), rockPaperScissors()])('$name is fair', async (game) => {
    const { value, strategies } = await zeroSumEquilibrium(game);
    expect(value).toBeCloseTo(0, 12);
    expect(residual(game, strategies)).toBeLessThan(1e-12);
  });

  it('agrees with support enumeration', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const game = random(seed, [3, 4]);
      const { value } = await zeroSumEquilibrium(game);
      const [first] = mixedEquilibria(game);
      expect(value).toBeCloseTo(expectedPayoffs(game, first ?? [])[0] as number, 10);
    }
  });

  it('large games have no gap', async () => {
    const game = random(1, [30, 40]);
    const { strategies } = await zeroSumEquilibrium(game);
    expect(regrets(game, strategies).reduce((a, b) => a + b)).toBeLessThan(1e-9);
  });

  it('refuses a game that is not zero-sum', async () => {
    await expect(zeroSumEquilibrium(stagHunt())).rejects.toMatchObject({ code: 'GANYMEDE_BAD_GAME' });
  });
});
