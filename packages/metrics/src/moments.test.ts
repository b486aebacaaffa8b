import { GanymedeError } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import fixtures from '../fixtures/frechet.json' with { type: 'json' };
import { addRows, covarianceOf, emptyMoments, mergeMoments } from './moments.js';

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (x, i) => Math.abs(x - (b[i] as number))));

for (const { name, size, x, meanX, covarianceX } of fixtures) {
  for (const rows of [1, 7, 1000]) {
    it(`${name}, in blocks of ${rows}: mean and covariance equal NumPy's`, () => {
      let moments = emptyMoments(size);
      for (let at = 0; at < x.length; at += rows * size)
        moments = addRows(moments, x.slice(at, at + rows * size));
      expect(moments.count).toBe(x.length / size);
      expect(largestDifference(moments.mean, meanX)).toBeLessThan(1e-10 * Math.max(1, Math.abs(meanX[0]!)));
      expect(largestDifference(covarianceOf(moments), covarianceX)).toBeLessThan(1e-9);
    });
  }
}

it('is a pure function: adding rows leaves the moments before untouched', () => {
  const before = addRows(emptyMoments(2), [1, 2, 3, 4]);
  const copy = structuredClone(before);
  addRows(before, [5, 6]);
  expect(before).toEqual(copy);
});

it('takes float32 rows', () => {
  const { mean } = addRows(emptyMoments(1), Float32Array.of(1, 2, 6));
  expect(mean[0]).toBe(3);
});

it('refuses rows of another size, a part of a row, and a covariance of one row', () => {
  const code = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      return GanymedeError.is(error) ? error.code : error;
    }
    return undefined;
  };
  expect(code(() => mergeMoments(emptyMoments(2), emptyMoments(3)))).toBe('GANYMEDE_FEATURE_SIZE');
  expect(code(() => addRows(emptyMoments(2), [1, 2, 3]))).toBe('GANYMEDE_FEATURE_SIZE');
  expect(code(() => covarianceOf(addRows(emptyMoments(2), [1, 2])))).toBe('GANYMEDE_TOO_FEW_SAMPLES');
});
