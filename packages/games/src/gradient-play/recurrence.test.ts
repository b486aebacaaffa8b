import { inTurn, simultaneous } from '@ganymede/nn';
import { describe, expect, it } from 'vitest';
import { zeroSumPlane } from './differentiable-game.js';
import { bilinearGame, ringGame } from './named-plane-games.js';
import { playGradient } from './play-gradient.js';
import { recurrence } from './recurrence.js';

const circle = (steps: number, period: number, radius: (t: number) => number) =>
  Array.from({ length: steps }, (_, t) => {
    const angle = (2 * Math.PI * t) / period;
    return [5 + radius(t) * Math.cos(angle), -2 + radius(t) * Math.sin(angle)];
  });

describe('recurrence', () => {
  it('measures a circle', () => {
    const found = recurrence(circle(400, 37.3, () => 2));
    expect(found.outcome).toBe('cycle');
    expect(found.period).toBeCloseTo(37.3, 1);
    expect(found.radius).toBeCloseTo(2, 1);
    expect(found.growth).toBeCloseTo(1, 2);
    expect(found.centre[0]).toBeCloseTo(5, 1);
    expect(found.centre[1]).toBeCloseTo(-2, 1);
  });

  it('tells a spiral from a cycle', () => {
    const outwards = recurrence(circle(400, 40, (t) => 1.01 ** t));
    expect(outwards.outcome).toBe('outwards');
    expect(outwards.growth).toBeCloseTo(1.01 ** 40, 1);
    expect(recurrence(circle(400, 40, (t) => 0.99 ** t)).outcome).toBe('inwards');
  });

  it('knows rest, and what does not turn', () => {
    expect(recurrence(Array.from({ length: 50 }, () => [1, 2])).outcome).toBe('rest');
    expect(recurrence(Array.from({ length: 50 }, (_, t) => [t, 2 * t])).outcome).toBe('undecided');
    expect(recurrence(Array.from({ length: 400 }, (_, t) => [0.9 ** t, 1])).outcome).toBe('rest');
    expect(() => recurrence([[1], [2]])).toThrow(expect.objectContaining({ code: 'GANYMEDE_BAD_GAME' }));
  });

  it('of x y in turn: the period follows from the rate', () => {
    const rate = 0.3;
    const { path } = playGradient(bilinearGame(), { dynamics: inTurn(), rate, steps: 300 });
    const found = recurrence(path);
    expect(found.outcome).toBe('cycle');
    expect(Math.abs(found.period - (2 * Math.PI) / Math.acos(1 - rate ** 2 / 2))).toBeLessThan(0.1);
  });

  it('of x y at once: outwards', () => {
    const { path } = playGradient(bilinearGame(), { dynamics: simultaneous(), rate: 0.1, steps: 400 });
    const found = recurrence(path);
    expect(found.outcome).toBe('outwards');
    expect(found.growth).toBeCloseTo(1.01 ** (found.period / 2), 1);
  });

  it('of the ring: the limit cycle of its discrete steps, from inside and from outside', () => {
    const rate = 0.1;
    // A step multiplies x + iy by 1 + rate (1 - r^2) + i rate, which must have size 1.
    const radius = Math.sqrt(1 + (1 - Math.sqrt(1 - rate ** 2)) / rate);
    for (const from of [
      [0.1, 0],
      [2, 0],
    ]) {
      const { path } = playGradient(ringGame(), { dynamics: simultaneous(), rate, steps: 400, from });
      const found = recurrence(path);
      expect(found.outcome).toBe('cycle');
      expect(Math.abs(found.radius - radius)).toBeLessThan(0.01);
      expect(Math.abs(found.period - (2 * Math.PI) / Math.asin(rate))).toBeLessThan(0.1);
    }
  });

  it('of x y with a little friction: inwards', () => {
    const game = zeroSumPlane(
      'friction',
      (x, y) => x.mul(y).add(x.square().sub(y.square()).mul(0.03)),
      [1, 1],
    );
    const { path } = playGradient(game, { dynamics: inTurn(), rate: 0.1, steps: 400 });
    const { outcome, growth } = recurrence(path);
    expect(outcome).toBe('inwards');
    // Radii shrink like e^(-0.06 t), a turn takes about 2 pi.
    expect(Math.abs(growth - Math.exp(-0.06 * 2 * Math.PI))).toBeLessThan(0.03);
  });
});
