import type { Network } from '@ganymede/core';
import { productOf } from '@ganymede/tensor';
import { stateless } from './stateless.js';

/** Each sample as `shape` (batch dimension left out): `[N, 6272]` with `reshape([128, 7, 7])` is `[N, 128, 7, 7]`. */
export const reshape = (shape: readonly number[]): Network =>
  stateless('reshape', (x) => x.reshape([x.shape[0] ?? 1, ...shape]));

/** Each sample as one vector: `[N, C, H, W]` becomes `[N, C·H·W]`. */
export const flatten = (): Network =>
  stateless('flatten', (x) => x.reshape([x.shape[0] ?? 1, productOf(x.shape.slice(1))]));
