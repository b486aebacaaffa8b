import { createRng } from '@ganymede/core';
import { numbersOf, type Value } from '@ganymede/tensor';
import { expectClose } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { constant, ones, zeros } from './constant.js';
import { glorotNormal, glorotUniform } from './glorot.js';
import { heNormal, heUniform } from './he.js';
import { lecunNormal, lecunUniform } from './lecun.js';
import type { Initializer } from './initializer.js';
import { normal, truncatedNormal } from './normal.js';
import { orthogonal } from './orthogonal.js';
import { uniform } from './uniform.js';

const fan = { in: 50, out: 150 };
const draw = (initializer: Initializer, shape: readonly number[] = [200, 200]): Value =>
  initializer(createRng(1).child('kernel'), shape, fan);

/** Standard deviation of a uniform variable on [-1, 1]. */
const flat = Math.sqrt(1 / 3);

describe('initializers', () => {
  // name, initializer, mean, standard deviation, largest magnitude
  it.each([
    ['normal', normal(0.02, 1), 1, 0.02, Infinity],
    ['truncatedNormal', truncatedNormal(0.1), 0, 0.1 * 0.8796, 0.2],
    ['uniform', uniform(0.3), 0, 0.3 * flat, 0.3],
    ['uniform, two bounds', uniform(1, 3), 2, flat, 3],
    ['glorotNormal', glorotNormal(), 0, 0.1, Infinity],
    ['glorotUniform', glorotUniform(2), 0, 0.2, 0.2 * Math.sqrt(3)],
    ['heNormal', heNormal(), 0, 0.2, Infinity],
    ['lecunNormal', lecunNormal(), 0, Math.sqrt(1 / 50), Infinity],
    ['lecunUniform', lecunUniform(), 0, Math.sqrt(1 / 50), Math.sqrt(3 / 50)],
    ['heUniform', heUniform({ slope: 0.2 }), 0, 0.2 / Math.sqrt(1.04), 0.2 * Math.sqrt(3 / 1.04)],
  ] as const)('%s has its mean, spread and bounds', (_, initializer, mean, std, largest) => {
    const numbers = numbersOf(draw(initializer));
    const average = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
    const spread = Math.sqrt(numbers.reduce((sum, x) => sum + (x - average) ** 2, 0) / numbers.length);
    // 40 000 draws: the mean is off by std / 200 and the spread by 0.35 % in the usual case.
    expect(Math.abs(average - mean)).toBeLessThan(std / 40);
    expect(Math.abs(spread / std - 1)).toBeLessThan(0.015);
    expect(Math.max(...numbers.map(Math.abs))).toBeLessThanOrEqual(largest + 1e-6);
  });

  it('constants', () => {
    expect(numbersOf(draw(constant(0.1), [2]))).toEqual([Math.fround(0.1), Math.fround(0.1)]);
    expect(numbersOf(draw(zeros(), [2]))).toEqual([0, 0]);
    expect(numbersOf(draw(ones(), [1, 2]))).toEqual([1, 1]);
  });

  it.each([
    [[8, 20], 8],
    [[20, 8], 8],
    [[6, 2, 3, 3], 6],
    [[16, 16], 16],
  ] as const)('orthogonal: rows or columns of %j are orthonormal times the gain', (shape, count) => {
    const { data } = draw(orthogonal(2), shape);
    const [height] = shape;
    const width = data.length / height;
    const at = (i: number, k: number) => Number(height <= width ? data[i * width + k] : data[k * width + i]);
    const length = Math.max(height, width);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j <= i; j++) {
        let dot = 0;
        for (let k = 0; k < length; k++) dot += at(i, k) * at(j, k);
        expectClose(dot, i === j ? 4 : 0, 1e-5, `rows ${i} and ${j}`);
      }
    }
  });

  it('orthogonal refuses vectors', () => {
    expect(() => draw(orthogonal(), [3])).toThrow(
      'orthogonal: expected a shape of two dimensions or more, got [3]',
    );
  });
});
