import { createRng } from '@ganymede/core';
import { numbersOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { ganValue, paretoValue } from './pareto-value.js';

it('is the mean over pairs, by hand', () => {
  // D = 1/2 everywhere gives −log 4; logit log 3 is D = 3/4.
  expect(paretoValue([0, 0], [0])).toBeCloseTo(-Math.log(4), 14);
  const three = Math.log(3);
  expect(paretoValue([three], [three, 0])).toBeCloseTo(
    Math.log(0.75) + (Math.log(0.25) + Math.log(0.5)) / 2,
    14,
  );
});

it.each([
  [7, 5],
  [64, 200],
])('the double sum over %d and %d samples comes apart', (m, n) => {
  const rng = createRng(5);
  const real = numbersOf(rng.child('real').draw([m], { kind: 'normal', mean: 1, std: 8 }));
  const fake = numbersOf(rng.child('fake').draw([n], { kind: 'normal', mean: -2, std: 8 }));
  expect(Math.abs(paretoValue(real, fake) - ganValue(real, fake))).toBeLessThan(1e-12);
});

it('is finite at extreme logits', () => {
  expect(paretoValue([-800, 900], [1000])).toBeCloseTo(-1400, 9);
});
