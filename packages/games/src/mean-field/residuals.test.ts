import { evaluate, input, numbersOf, sin, type Tensor, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { firstOrderErgodicGame, secondOrderErgodicGame } from './ergodic-games.js';
import type { MeanFieldGame } from './mean-field-game.js';
import { fokkerPlanckRatio, hjbResidual, type ScalarField } from './residuals.js';

const turn = 2 * Math.PI;
const waves: ScalarField = (x) => sin(x.mul(turn)).sum([1], true);
const points = [0.11, 0.42, 0.73, 0.94, 0.25, 0.66, 0.37, 0.88];

function residuals(game: MeanFieldGame, value: ScalarField, logDensity: ScalarField, constant: number) {
  const shape = [points.length / game.dimension, game.dimension];
  const x = input('x', shape, 'float64');
  const at = { x, value, logDensity };
  const results = evaluate(
    { hjb: hjbResidual(game, at, constant).residual, fokkerPlanck: fokkerPlanckRatio(game, at) },
    { x: valueOf(points, shape, 'float64') },
  );
  return { hjb: numbersOf(results.hjb), fokkerPlanck: numbersOf(results.fokkerPlanck) };
}

/** Substituting the stated solution is the check of the stated signs and constants. */
describe('the explicit solutions solve the equations', () => {
  it.each([1, 2, 4])('second order, d = %d', (d) => {
    const game = secondOrderErgodicGame(d);
    const { constant } = game.solution as { constant: number };
    expect(constant).toBeCloseTo(0.8239935 * d, 6);
    const { hjb, fokkerPlanck } = residuals(game, waves, (x) => waves(x).mul(2).sub(constant), constant);
    for (const r of [...hjb, ...fokkerPlanck]) expect(Math.abs(r)).toBeLessThan(1e-10);
    expect(game.solution?.density([0.1, 0.2, 0.3, 0.4].slice(0, d))).toBeGreaterThan(0);
  });

  it('first order', () => {
    const game = firstOrderErgodicGame();
    const { constant } = game.solution as { constant: number };
    expect(constant).toBeCloseTo(0.2359144, 7);
    const { hjb, fokkerPlanck } = residuals(
      game,
      (x) => x.mul(0),
      (x) => waves(x).sub(constant),
      constant,
    );
    for (const r of [...hjb, ...fokkerPlanck]) expect(Math.abs(r)).toBeLessThan(1e-12);
  });
});

it('other functions do not, by how much the equations say', () => {
  // m = 1: what is left of both equations is known by hand.
  const none: ScalarField = (x: Tensor) => x.sum([1], true).mul(0);
  const second = residuals(secondOrderErgodicGame(1), waves, none, 0);
  const first = residuals(firstOrderErgodicGame(), waves, none, 0.5);
  for (const [i, x] of points.entries()) {
    const [s, c] = [Math.sin(turn * x), Math.cos(turn * x)];
    // ½ m'' − (m u')' = −u''; the HJB residual lacks ln m + H̄ = 2 u.
    expect(second.fokkerPlanck[i]).toBeCloseTo(-(turn ** 2) * s, 9);
    expect(second.hjb[i]).toBeCloseTo(-2 * s, 9);
    expect(first.hjb[i]).toBeCloseTo(-0.5 * (turn * c) ** 2 - s + 0.5, 9);
    expect(first.fokkerPlanck[i]).toBeCloseTo(-(turn ** 2) * s, 9);
  }
});

it('a constant in ln m changes nothing in the second equation, and any Hamiltonian is differentiated', () => {
  const game: MeanFieldGame = {
    dimension: 2,
    viscosity: 0.2,
    hamiltonian: (_x, p) => p.square().add(1).sqrt().sum([1], true).neg(),
    coupling: (_x, logDensity) => logDensity,
  };
  const a = residuals(game, waves, waves, 0);
  const b = residuals(game, waves, (x) => waves(x).add(7), 0);
  for (const [i, r] of a.fokkerPlanck.entries()) {
    expect(b.fokkerPlanck[i]).toBeCloseTo(r, 9);
    expect(b.hjb[i]).toBeCloseTo((a.hjb[i] as number) + 7, 9);
    // −ν (Δf + |∇f|²) + div b + ∇f·b with b = p/√(1 + p²).
    const expected = points.slice(2 * i, 2 * i + 2).reduce((sum, x) => {
      const p = turn * Math.cos(turn * x);
      const second = -(turn ** 2) * Math.sin(turn * x);
      const root = Math.sqrt(1 + p * p);
      return sum - 0.2 * (second + p * p) + second / root ** 3 + (p * p) / root;
    }, 0);
    expect(r).toBeCloseTo(expected, 9);
  }
});
