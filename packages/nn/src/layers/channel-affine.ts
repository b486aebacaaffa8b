import type { Tree } from '@ganymede/core';
import { filled, type Shape, type Tensor, type Value } from '@ganymede/tensor';
import { tensorAt } from '../variables.js';

/** One number per channel in the shape in which it meets `x` `[N, C, …]`. */
export const perChannel = (v: Tensor, x: Tensor): Tensor =>
  v.reshape([1, v.shape[0] ?? 1, ...x.shape.slice(2).map(() => 1)]);

/** All axes of `shape` but batch and channels. */
export const positionsOf = (shape: Shape): readonly number[] => shape.map((_, i) => i).slice(2);

/** `scale` of ones and `bias` of zeros. */
export const initAffine = (channels: number): Tree<Value> => ({
  scale: filled([channels], 1),
  bias: filled([channels], 0),
});

/** What a normalization's `affine` option adds to the function of the tensor language: variables, or nothing. */
export const affineOf = (affine: boolean, variables: Tree<Tensor>, path: { readonly path: string }) =>
  affine ? { scale: tensorAt(variables, 'scale', path), bias: tensorAt(variables, 'bias', path) } : {};
