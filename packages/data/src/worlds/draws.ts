import type { Rng } from '@ganymede/core';
import { type Value, value } from '@ganymede/tensor';
import type { Point } from './world.js';

/** Standard normals `[count, 2]`, row by row. */
export const normals = (count: number, rng: Rng, call: number): Float32Array =>
  rng.child('noise').draw([count, 2], { kind: 'normal' }, call).data as Float32Array;

/** Uniform numbers of [0, 1), one per point. */
export const uniforms = (count: number, rng: Rng, call: number): Float32Array =>
  rng.child('turn').draw([count], { kind: 'uniform' }, call).data as Float32Array;

/** Points `[count, 2]`: where `at` says, plus sigma times each axis' noise. */
export function pointsAt(
  count: number,
  at: (i: number) => Point,
  noise?: { readonly sigma: number; readonly of: Float32Array },
): Value {
  const data = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    const [x, y] = at(i);
    data[2 * i] = noise === undefined ? x : x + noise.sigma * (noise.of[2 * i] as number);
    data[2 * i + 1] = noise === undefined ? y : y + noise.sigma * (noise.of[2 * i + 1] as number);
  }
  return value('float32', [count, 2], data);
}
