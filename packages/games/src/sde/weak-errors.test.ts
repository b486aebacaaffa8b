import type { Tensor } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { linearQuadraticGame } from './linear-quadratic-game.js';
import { weakErrors } from './weak-errors.js';

const rates = [0.1, 0.05, 0.025, 0.0125, 0.00625];
const start = { theta: [0.2], omega: [0.1] };

/** Within half a unit of the last digit given. */
const close = (measured: readonly number[], expected: readonly number[]): void => {
  expect(measured).toHaveLength(expected.length);
  for (const [i, e] of expected.entries())
    expect(Math.abs((measured[i] as number) / e - 1)).toBeLessThan(0.005);
};

it('is of order 2 with the corrected drift', () => {
  const { errors, orders } = weakErrors(linearQuadraticGame(), { rates, start });
  close(errors, [1.35e-3, 3.32e-4, 8.26e-5, 2.06e-5, 5.14e-6]);
  close(orders, [2.02, 2.01, 2, 2]);
});

it('is of order 1 without', () => {
  const { errors, orders } = weakErrors(linearQuadraticGame(), { rates, start, corrected: false });
  close(errors, [2.59e-2, 1.28e-2, 6.34e-3, 3.16e-3, 1.58e-3]);
  close(orders, [1.02, 1.01, 1, 1]);
});

it.each([1, 4])('second moments are of order 2, too, with minibatches of %d', (batch) => {
  const { orders } = weakErrors(linearQuadraticGame(), { rates, start, batch, moment: 2 });
  for (const order of orders) {
    expect(order).toBeGreaterThan(1.8);
    expect(order).toBeLessThan(2.2);
  }
});

it('means do not depend on the spread of the samples, second moments do', () => {
  const at = (spread: number, moment: 1 | 2) =>
    weakErrors(linearQuadraticGame({ spread }), { rates: [0.1], start, moment }).errors[0] as number;
  expect(at(1, 1)).toBeCloseTo(at(0.1, 1), 12);
  expect(Math.abs(at(1, 2) - at(0.1, 2))).toBeGreaterThan(1e-4);
});

it('refuses games without moment equations, and no rates', () => {
  const cubic = {
    ...linearQuadraticGame(),
    objective: (theta: Tensor, omega: Tensor) => theta.mul(omega.square()).sum(1),
  };
  const code = expect.objectContaining({ code: 'GANYMEDE_BAD_GAME' });
  expect(() => weakErrors(cubic, { rates, start })).toThrow(code);
  expect(() => weakErrors(linearQuadraticGame(), { rates: [], start })).toThrow(code);
});
