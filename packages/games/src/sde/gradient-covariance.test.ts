import { createRng } from '@ganymede/core';
import { evaluate, input, numbersOf, valueOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { diffusionDraw, gradientCovariance } from './gradient-covariance.js';
import { linearQuadraticGame } from './linear-quadratic-game.js';
import type { SampledGame } from './sampled-game.js';

const at = (paths: number, k: number, l: number) => ({
  theta: input('theta', [paths, k], 'float64'),
  omega: input('omega', [paths, l], 'float64'),
});

it("is the linear-quadratic game's, by hand", () => {
  const game = linearQuadraticGame({ spread: 0.5 });
  const parameters = at(1, 1, 1);
  const { theta, omega } = evaluate(
    {
      theta: gradientCovariance(game, 'generator', parameters),
      omega: gradientCovariance(game, 'discriminator', parameters),
    },
    { theta: valueOf([0.2], [1, 1], 'float64'), omega: valueOf([0.1], [1, 1], 'float64') },
  );
  expect(numbersOf(theta)).toEqual([expect.closeTo(0.1 ** 2 * 0.25, 12)]);
  expect(numbersOf(omega)).toEqual([expect.closeTo(0.25 + 0.2 ** 2 * 0.25, 12)]);
});

it('draws have that covariance, also where it is singular', () => {
  // Three parameters, two samples: rank 1.
  const game: SampledGame = {
    generator: 3,
    discriminator: 1,
    samples: valueOf([1, 2, 0.5, -1, 0, 2], [2, 3], 'float64'),
    objective: (theta, omega, s) => theta.mul(s).sum(1).mul(omega.sum(1)),
  };
  const paths = 20_000;
  const parameters = at(paths, 3, 1);
  const normals = createRng(3).draw([paths, 2], { kind: 'normal' });
  const one = at(1, 3, 1);
  const feeds = (n: number) => ({
    theta: valueOf(
      Array.from({ length: 3 * n }, () => 0.1),
      [n, 3],
      'float64',
    ),
    omega: valueOf(
      Array.from({ length: n }, () => 2),
      [n, 1],
      'float64',
    ),
  });
  const { draws } = evaluate(
    { draws: diffusionDraw(game, 'generator', parameters, input('normals', [paths, 2], 'float64')) },
    { ...feeds(paths), normals: valueOf(numbersOf(normals), [paths, 2], 'float64') },
  );
  const { sigma } = evaluate({ sigma: gradientCovariance(game, 'generator', one) }, feeds(1));
  // Half the difference of the samples, twice: (2, 2, −1.5)/2 · 2.
  const deviation = [2, 2, -1.5];
  const expected = deviation.flatMap((a) => deviation.map((b) => a * b));
  expect(numbersOf(sigma)).toEqual(expected.map((x) => expect.closeTo(x, 10)));
  const x = numbersOf(draws);
  for (const [i, e] of expected.entries()) {
    let sum = 0;
    for (let p = 0; p < paths; p++)
      sum += (x[3 * p + Math.floor(i / 3)] as number) * (x[3 * p + (i % 3)] as number);
    // Four standard errors of the mean of a product of normals.
    expect(Math.abs(sum / paths - e)).toBeLessThan((4 * Math.SQRT2 * Math.abs(e)) / Math.sqrt(paths));
  }
});
