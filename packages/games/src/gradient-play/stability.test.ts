import { describe, expect, it } from 'vitest';
import { gameField } from './game-jacobian.js';
import { bilinearGame, dampedGame, ringGame } from './named-plane-games.js';
import { playGradient } from './play-gradient.js';
import { simultaneous } from '@ganymede/nn';
import { spectrum, stability } from './stability.js';

describe('spectrum', () => {
  it('of matrices with known eigenvalues', () => {
    expect(
      spectrum([
        [3, 0],
        [0, -2],
      ]),
    ).toEqual([
      { re: -2, im: 0 },
      { re: 3, im: 0 },
    ]);
    const turn = spectrum([
      [1, 3, 0],
      [-3, 1, 0],
      [0, 0, 5],
    ]);
    expect(turn.map(({ re, im }) => [Number(re.toFixed(12)), Number(im.toFixed(12))])).toEqual([
      [1, -3],
      [1, 3],
      [5, 0],
    ]);
  });
});

describe('stability', () => {
  it.each([
    [
      [
        [1, 0],
        [0, 2],
      ],
      'stable',
      1,
      0,
      0,
    ],
    [
      [
        [-1, 0],
        [0, -2],
      ],
      'unstable',
      0,
      0,
      0,
    ],
    [
      [
        [1, 0],
        [0, -2],
      ],
      'saddle',
      0,
      0,
      0,
    ],
    [
      [
        [0, 1],
        [-1, 0],
      ],
      'centre',
      0,
      1,
      1,
    ],
    [
      [
        [0, 0],
        [0, 1],
      ],
      'degenerate',
      0,
      0,
      0,
    ],
    [
      [
        [1, 3],
        [-3, 1],
      ],
      'stable',
      0.2,
      3 / Math.sqrt(10),
      3 / Math.sqrt(10),
    ],
  ] as const)('%j is %s', (jacobian, verdict, largestRate, rotation, antisymmetry) => {
    const found = stability(jacobian);
    expect(found.verdict).toBe(verdict);
    expect(found.largestRate).toBeCloseTo(largestRate, 12);
    expect(found.rotation).toBeCloseTo(rotation, 12);
    expect(found.antisymmetry).toBeCloseTo(antisymmetry, 12);
  });

  it('of games at their equilibrium', () => {
    expect(stability(gameField(bilinearGame()).jacobian([0, 0])).verdict).toBe('centre');
    expect(stability(gameField(ringGame()).jacobian([0, 0])).verdict).toBe('unstable');
    expect(stability(gameField(dampedGame()).jacobian([0, 0])).verdict).toBe('stable');
  });

  it('says at which rates play converges', () => {
    const { largestRate } = stability(gameField(dampedGame()).jacobian([0, 0]));
    const end = (rate: number) => {
      const { path } = playGradient(dampedGame(), { dynamics: simultaneous(), rate, steps: 200 });
      return Math.hypot(...(path.at(-1) as [number, number]));
    };
    // A step multiplies x + iy by 1 - rate (1 - 3i).
    const expected = (rate: number) => Math.SQRT2 * Math.hypot(1 - rate, 3 * rate) ** 200;
    expect(largestRate).toBeCloseTo(0.2, 12);
    expect(end(0.19)).toBeCloseTo(expected(0.19), 8);
    expect(end(0.21)).toBeCloseTo(expected(0.21), 4);
    expect([end(0.19) < 1, end(0.21) > 5]).toEqual([true, true]);
  });
});
