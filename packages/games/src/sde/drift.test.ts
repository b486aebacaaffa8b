import { evaluate, input, numbersOf, valueOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { gameDrift, jvp } from './drift.js';
import { linearQuadraticGame } from './linear-quadratic-game.js';
import type { SampledGame } from './sampled-game.js';

function driftAt(
  game: SampledGame,
  theta: number[],
  omega: number[],
  rate: number,
  corrected = true,
): number[] {
  const at = {
    theta: input('theta', [1, theta.length], 'float64'),
    omega: input('omega', [1, omega.length], 'float64'),
  };
  const drift = gameDrift(game, at, { rate, corrected });
  const results = evaluate(
    { theta: drift.theta, omega: drift.omega },
    {
      theta: valueOf(theta, [1, theta.length], 'float64'),
      omega: valueOf(omega, [1, omega.length], 'float64'),
    },
  );
  return [...numbersOf(results.theta), ...numbersOf(results.omega)];
}

it("is the linear-quadratic game's, by hand", () => {
  // gθ = −0.8 ω + 0.3 θ, gω = 1 − 0.8 θ − 0.7 ω at θ = 0.2, ω = 0.1.
  const [g, h] = [-0.8 * 0.1 + 0.3 * 0.2, 1 - 0.8 * 0.2 - 0.7 * 0.1];
  expect(driftAt(linearQuadraticGame(), [0.2], [0.1], 0.1, false)).toEqual([
    expect.closeTo(-g, 12),
    expect.closeTo(h, 12),
  ]);
  expect(driftAt(linearQuadraticGame(), [0.2], [0.1], 0.1)).toEqual([
    expect.closeTo(-g + 0.05 * (0.3 * -g + 0.8 * h), 12),
    expect.closeTo(h + 0.05 * (0.8 * -g + 0.7 * h), 12),
  ]);
});

/** Two parameters each, a small network-like loss, not of sum zero. */
const curved: SampledGame = {
  generator: 2,
  discriminator: 2,
  samples: valueOf([0.3, -0.4, 0.8], [3, 1], 'float64'),
  objective: (theta, omega, s) => omega.mul(theta.add(s).tanh()).sum(1).tanh().sub(omega.square().sum(1)),
  generatorObjective: (theta, omega, s) =>
    omega.mul(theta.mul(s).sigmoid()).sum(1).add(theta.square().sum(1)),
};

it('makes one training step and the equation agree to third order in the rate', () => {
  const [theta, omega] = [
    [0.4, -0.7],
    [0.2, 0.5],
  ];
  const gradients = (at: readonly number[]): number[] =>
    driftAt(curved, [...at.slice(0, 2)], [...at.slice(2)], 1, false);
  const gap = (rate: number, corrected: boolean): number => {
    const x = [...theta, ...omega];
    // The discriminator first, then the generator against it.
    const half = x.map((v, i) => (i < 2 ? v : v + rate * (gradients(x)[i] as number)));
    const trained = half.map((v, i) => (i < 2 ? v + rate * (gradients(half)[i] as number) : v));
    let y = x;
    const steps = 20;
    const slope = (at: readonly number[]): number[] =>
      driftAt(curved, [...at.slice(0, 2)], [...at.slice(2)], rate, corrected);
    for (let i = 0; i < steps; i++) {
      const middle = y.map((v, k) => v + (rate / steps / 2) * (slope(y)[k] as number));
      y = y.map((v, k) => v + (rate / steps) * (slope(middle)[k] as number));
    }
    return Math.max(...y.map((v, i) => Math.abs(v - (trained[i] as number))));
  };
  expect(Math.log2(gap(0.04, true) / gap(0.02, true))).toBeGreaterThan(2.8);
  expect(Math.log2(gap(0.04, false) / gap(0.02, false))).toBeLessThan(2.2);
});

it('jvp is J v', () => {
  const x = input('x', [3], 'float64');
  const v = input('v', [3], 'float64');
  const y = x.mul(x).mul(x.sum());
  const [at, along] = [
    [0.5, -1, 2],
    [1, 0.3, -0.2],
  ] as [number[], number[]];
  const f = (p: number[]): number[] => p.map((xi) => xi * xi * p.reduce((a, b) => a + b));
  const { d } = evaluate(
    { d: jvp(y, [x], [v]) },
    { x: valueOf(at, [3], 'float64'), v: valueOf(along, [3], 'float64') },
  );
  const h = 1e-6;
  const shifted = (by: number) => f(at.map((xi, i) => xi + by * (along[i] as number)));
  const [up, down] = [shifted(h), shifted(-h)];
  for (const [i, g] of numbersOf(d).entries())
    expect(g).toBeCloseTo(((up[i] as number) - (down[i] as number)) / (2 * h), 8);
});

it('computes copies side by side', () => {
  const theta = input('theta', [2, 1], 'float64');
  const omega = input('omega', [2, 1], 'float64');
  const both = gameDrift(linearQuadraticGame(), { theta, omega }, { rate: 0.1 });
  const results = evaluate(
    { t: both.theta, w: both.omega },
    { theta: valueOf([0.2, -1], [2, 1], 'float64'), omega: valueOf([0.1, 0.4], [2, 1], 'float64') },
  );
  const alone = driftAt(linearQuadraticGame(), [-1], [0.4], 0.1);
  expect([numbersOf(results.t)[1], numbersOf(results.w)[1]]).toEqual(alone.map((d) => expect.closeTo(d, 12)));
});
