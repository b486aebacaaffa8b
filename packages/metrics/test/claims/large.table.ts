import { createRng } from '@ganymede/core';
import type { ClaimRow } from '@ganymede/testing';
import { frechetDistance } from '../../src/index.js';

const size = 2048;

/** Diagonal `d` seen through a reflection of all axes: dense, with the eigenvalues d. */
function reflected(d: Float64Array): Float64Array {
  const raw = createRng(8).child('mirror').draw([size], { kind: 'normal' }).data as Float32Array;
  const length = Math.sqrt(raw.reduce((sum, x) => sum + x * x, 0));
  const v = Float64Array.from(raw, (x) => x / length);
  const inner = v.reduce((sum, x, i) => sum + x * x * d[i]!, 0);
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      out[i * size + j] = v[i]! * v[j]! * (4 * inner - 2 * (d[i]! + d[j]!)) + (i === j ? d[i]! : 0);
    }
  }
  return out;
}

/** Eigenvalues from 100 down over eight powers of ten, as those of a deep network's features fall. */
const falling = (power: number): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => 100 * 10 ** ((-8 * i ** power) / size ** power));

const [a, b] = [falling(1), falling(0.5)];
const exact = a.reduce((sum, x, i) => sum + (Math.sqrt(x) - Math.sqrt(b[i]!)) ** 2, 0);

/** Claims about 2048 features, in tens of seconds. */
export const large: readonly ClaimRow[] = [
  {
    about: 'FID (Heusel et al. 2017)',
    claim: '2048 features, dense covariances of condition 10⁸ with common eigenvectors, over Σ (√λ − √μ)²',
    expected: { exact: 1, tolerance: 1e-12 },
    measure: () => {
      const mean = new Float64Array(size);
      return frechetDistance({ mean, covariance: reflected(a) }, { mean, covariance: reflected(b) }) / exact;
    },
  },
];
