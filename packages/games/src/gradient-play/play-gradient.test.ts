import { adam, consensus, extragradient, inTurn, simultaneous, symplectic } from '@ganymede/nn';
import { describe, expect, it } from 'vitest';
import { zeroSumPlane } from './differentiable-game.js';
import { bilinearGame, diracGan } from './named-plane-games.js';
import { playGradient } from './play-gradient.js';

const radius = (p: readonly number[] | undefined) => Math.hypot(...(p as readonly number[]));

describe('gradient play of x y', () => {
  it('at once, every step is longer by the root of 1 + rate squared', () => {
    const { path, coordinates } = playGradient(bilinearGame(), {
      dynamics: simultaneous(),
      rate: 0.25,
      steps: 20,
    });
    expect(coordinates).toEqual(['x/at', 'y/at']);
    expect(path).toHaveLength(21);
    expect(path[1]).toEqual([0.75, 1.25]);
    for (let i = 1; i < path.length; i++)
      expect(radius(path[i]) / radius(path[i - 1])).toBeCloseTo(Math.sqrt(1 + 0.0625), 12);
  });

  it('in turn, it stays on an ellipse', () => {
    const { path } = playGradient(bilinearGame(), { dynamics: inTurn(), rate: 0.25, steps: 300 });
    expect(path[1]).toEqual([0.75, 1.1875]);
    for (const [x = 0, y = 0] of path) expect(x * x + y * y - 0.25 * x * y).toBeCloseTo(1.75, 10);
  });
});

describe('gradient play of x y by the rules that train GANs', () => {
  it.each([
    [extragradient(), Math.sqrt(1 - 0.25 ** 2 + 0.25 ** 4)],
    [consensus({ strength: 1 }), Math.hypot(1 - 0.25, 0.25)],
    [symplectic(), Math.hypot(1 - 0.25, 0.25)],
  ])('$0.name', (dynamics, factor) => {
    const { path } = playGradient(bilinearGame(), { dynamics, rate: 0.25, steps: 10 });
    for (let i = 1; i < path.length; i++)
      expect(radius(path[i]) / radius(path[i - 1])).toBeCloseTo(factor, 12);
  });
});

describe('gradient play', () => {
  it('takes optimizers with slots and a start of its own', () => {
    // Adam's first step is its rate along the gradient's sign.
    const { path } = playGradient(bilinearGame(), {
      dynamics: simultaneous(),
      optimizer: adam({ rate: 0.125 }),
      from: [3, -2],
      steps: 2,
    });
    expect(path[1]?.[0]).toBeCloseTo(3.125, 6);
    expect(path[1]?.[1]).toBeCloseTo(-1.875, 6);
    expect(path[2]?.[0]).toBeGreaterThan(3.2);
  });

  it('the Dirac-GAN does not reach its equilibrium', () => {
    const { path } = playGradient(diracGan(), { rate: 0.1, steps: 500 });
    expect(Math.min(...path.slice(100).map(radius))).toBeGreaterThan(0.8);
  });

  it('a game that runs away is named', () => {
    const game = zeroSumPlane('runaway', (x, y) => x.square().square().neg().add(y), [2, 0]);
    expect(() => playGradient(game, { rate: 1, steps: 50 })).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_BAD_GAME', message: expect.stringContaining('runaway') }),
    );
  });
});
