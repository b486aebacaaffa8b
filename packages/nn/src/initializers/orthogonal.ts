import { GanymedeError, numbersOf, valueOf } from '@ganymede/tensor';
import type { Initializer } from './initializer.js';

/**
 * Orthonormalises the `count` rows of `length` numbers in place by modified Gram-Schmidt, twice: the second pass removes
 * what rounding left in the first ("twice is enough", Giraud et al. 2005).
 */
function orthonormalizeRows(rows: Float64Array, count: number, length: number): void {
  const row = (i: number) => rows.subarray(i * length, (i + 1) * length);
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, k) => sum + x * (b[k] as number), 0);
  for (let i = 0; i < count; i++) {
    const current = row(i);
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const other = row(j);
        const overlap = dot(current, other);
        for (let k = 0; k < length; k++) current[k] = (current[k] as number) - overlap * (other[k] as number);
      }
    }
    const norm = Math.sqrt(dot(current, current));
    for (let k = 0; k < length; k++) current[k] = (current[k] as number) / norm;
  }
}

/**
 * A random (semi-)orthogonal matrix times `gain`: the kernel seen as [first dimension, rest] has orthonormal rows, or
 * orthonormal columns where it has more rows than columns. Saxe et al. 2014; BigGAN (Brock et al. 2019) uses it throughout.
 * Needs two dimensions or more (`GANYMEDE_SHAPE`).
 */
export const orthogonal =
  (gain = 1): Initializer =>
  (rng, shape) => {
    if (shape.length < 2) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `orthogonal: expected a shape of two dimensions or more, got [${shape.join(', ')}]`,
        hint: 'use zeros(), normal() or uniform() for vectors',
      });
    }
    const height = shape[0] as number;
    const width = shape.slice(1).reduce((product, d) => product * d, 1);
    const [count, length] = height <= width ? [height, width] : [width, height];
    const rows = Float64Array.from(numbersOf(rng.draw([count, length], { kind: 'normal' })));
    orthonormalizeRows(rows, count, length);
    const at =
      height <= width ? (k: number) => k : (k: number) => (k % width) * height + Math.floor(k / width);
    return valueOf(
      Float64Array.from(rows, (_, k) => gain * (rows[at(k)] as number)),
      shape,
    );
  };
