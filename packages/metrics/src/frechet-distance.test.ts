import { expect, it } from 'vitest';
import fixtures from '../fixtures/frechet.json' with { type: 'json' };
import { frechetDistance, gaussianOf } from './frechet-distance.js';
import { addRows, emptyMoments } from './moments.js';

const diagonal = (...entries: number[]) =>
  entries.flatMap((x, i) => entries.map((_, j) => (i === j ? x : 0)));

it('in one dimension is (m1 - m2)² + (s1 - s2)²', () => {
  const d = frechetDistance({ mean: [3], covariance: [4] }, { mean: [1], covariance: [0.25] });
  expect(d).toBeCloseTo(4 + 1.5 ** 2, 12);
});

it('of diagonal covariances is the sum over dimensions', () => {
  const d = frechetDistance(
    { mean: [0, 1, 2], covariance: diagonal(1, 4, 9) },
    { mean: [1, 1, 0], covariance: diagonal(4, 4, 0) },
  );
  expect(d).toBeCloseTo(1 + 4 + (1 + 0 + 9), 12);
});

it('is zero between equal distributions and symmetric otherwise', () => {
  const a = { mean: [1, 2], covariance: [2, 0.5, 0.5, 1] };
  const b = { mean: [0, 0], covariance: [1, -0.3, -0.3, 3] };
  expect(frechetDistance(a, a)).toBeLessThan(1e-12);
  expect(frechetDistance(a, b)).toBeCloseTo(frechetDistance(b, a), 12);
});

it('takes singular covariances: a point against a plane', () => {
  // All mass on the line x = y with variance 2 along each axis, against a point.
  const d = frechetDistance(
    { mean: [0, 0], covariance: [2, 2, 2, 2] },
    { mean: [0, 3], covariance: [0, 0, 0, 0] },
  );
  expect(d).toBeCloseTo(9 + 4, 12);
});

it('is unchanged by a rotation of both', () => {
  const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
  const rotated = ([a, b, , d]: number[]) => {
    const [x, y, z] = [a!, b!, d!];
    const off = c * s * (x - z) + (c * c - s * s) * y;
    return [c * c * x - 2 * c * s * y + s * s * z, off, off, s * s * x + 2 * c * s * y + c * c * z];
  };
  const [c1, c2] = [
    [2, 0.5, 0.5, 1],
    [1, -0.3, -0.3, 3],
  ];
  const before = frechetDistance({ mean: [0, 0], covariance: c1 }, { mean: [0, 0], covariance: c2 });
  const after = frechetDistance(
    { mean: [0, 0], covariance: rotated(c1) },
    { mean: [0, 0], covariance: rotated(c2) },
  );
  expect(after).toBeCloseTo(before, 12);
});

for (const { name, size, x, y, distance } of fixtures) {
  it(`${name}: equals SciPy's sqrtm (${distance.toFixed(6)})`, () => {
    const [a, b] = [x, y].map((rows) => gaussianOf(addRows(emptyMoments(size), rows)));
    expect(frechetDistance(a!, b!) / distance).toBeCloseTo(1, 8);
  });
}

it('of covariances whose eigenvalues fall over eight powers of ten, to 1e-13', () => {
  const size = 100;
  const falling = (power: number) =>
    Float64Array.from({ length: size }, (_, i) => 100 * 10 ** (-8 * (i / size) ** power));
  // Diagonal matrices seen through one reflection of all axes: dense, with known and common eigenvectors.
  const raw = Array.from({ length: size }, (_, i) => Math.sin(3 * i + 1));
  const length = Math.hypot(...raw);
  const v = raw.map((x) => x / length);
  const reflected = (d: Float64Array) => {
    const inner = v.reduce((sum, x, i) => sum + x * x * d[i]!, 0);
    return Float64Array.from({ length: size * size }, (_, at) => {
      const [i, j] = [Math.floor(at / size), at % size];
      return v[i]! * v[j]! * (4 * inner - 2 * (d[i]! + d[j]!)) + (i === j ? d[i]! : 0);
    });
  };
  const mean = new Float64Array(size);
  const [a, b] = [falling(1), falling(0.5)];
  const exact = a.reduce((sum, x, i) => sum + (Math.sqrt(x) - Math.sqrt(b[i]!)) ** 2, 0);
  const found = frechetDistance({ mean, covariance: reflected(a) }, { mean, covariance: reflected(b) });
  expect(Math.abs(found / exact - 1)).toBeLessThan(1e-13);
});
