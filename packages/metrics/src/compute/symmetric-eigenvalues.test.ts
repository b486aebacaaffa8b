import { createRng } from '@ganymede/core';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { expect, it } from 'vitest';
import { symmetricEigenvalues } from './symmetric-eigenvalues.js';

/** `B Bᵀ` with `rank` columns of normal numbers. */
function scatter(size: number, rank: number): Float64Array {
  const b = createRng(size + rank).draw([size, rank], { kind: 'normal' }).data as Float32Array;
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < rank; k++) out[i * size + j]! += b[i * rank + k]! * b[j * rank + k]!;
    }
  }
  return out;
}

for (const [size, rank] of [
  [1, 1],
  [2, 2],
  [7, 9],
  [40, 60],
  [40, 5],
  [150, 400],
] as const) {
  it(`of ${size} x ${size}, rank ${Math.min(size, rank)}: as a full decomposition`, () => {
    const matrix = scatter(size, rank);
    const known = new EigenvalueDecomposition(Matrix.from1DArray(size, size, matrix), {
      assumeSymmetric: true,
    }).realEigenvalues.sort((a, b) => a - b);
    const found = symmetricEigenvalues(Float64Array.from(matrix), size);
    const scale = known.at(-1) as number;
    const largest = Math.max(...found.map((x, i) => Math.abs(x - (known[i] as number))));
    expect(largest).toBeLessThan(1e-12 * scale);
  });
}

it('of the second difference: 2 - 2 cos(k π / (n + 1))', () => {
  const n = 30;
  const matrix = Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0;
  });
  for (const [k, x] of symmetricEigenvalues(matrix, n).entries()) {
    expect(x).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)), 12);
  }
});

it('of diagonal and zero matrices', () => {
  expect([...symmetricEigenvalues(Float64Array.of(3, 0, 0, 0, -1, 0, 0, 0, 2), 3)]).toEqual([-1, 2, 3]);
  expect([...symmetricEigenvalues(new Float64Array(25), 5)]).toEqual([0, 0, 0, 0, 0]);
});
