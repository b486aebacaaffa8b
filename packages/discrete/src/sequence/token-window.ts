import type { Network } from '@ganymede/core';
import { tensorAt, truncatedNormal } from '@ganymede/nn';
import { concat, filled, matmul, relu, type Tensor } from '@ganymede/tensor';

/**
 * A convolution over the token vectors of a sequence, ReLU, and the largest response over time (Kim 2014; Zhang and LeCun
 * 2015): `[N, T, E]` to `[N, filters]`, T >= width. Variables `kernel` `[width * E, filters]`, N(0, 0.1²) cut at two standard
 * deviations, and `bias` `[filters]`, 0.1 at first.
 */
export function tokenWindow(width: number, filters: number): Network {
  return {
    name: 'window',
    buffers: [],
    init(rng, shape) {
      const rows = width * Number(shape[2]);
      const kernel = truncatedNormal(0.1)(rng.child('kernel'), [rows, filters], { in: rows, out: filters });
      return { kernel, bias: filled([filters], 0.1) };
    },
    apply(variables, vectors, ctx) {
      const [, length, size] = vectors.shape as readonly [number | string, number, number];
      const places = length - width + 1;
      // A window is its token vectors side by side: the convolution becomes one large product.
      const shifted = Array.from({ length: width }, (_, k) => vectors.slice(1, k, k + places));
      const windows = (width === 1 ? (shifted[0] as Tensor) : concat(shifted, 2)).reshape([-1, width * size]);
      // ReLU and bias keep the order of responses, so the largest is taken first: fewer numbers pass through them.
      const responses = matmul(windows, tensorAt(variables, 'kernel', ctx)).reshape([-1, places, filters]);
      return relu(responses.max(1).add(tensorAt(variables, 'bias', ctx)));
    },
  };
}
