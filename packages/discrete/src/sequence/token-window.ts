import type { Network } from '@ganymede/core';
import { tensorAt, truncatedNormal } from '@ganymede/nn';
import { concat, constant, filled, matmul, relu, type Tensor, value } from '@ganymede/tensor';

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
      const windows = windowsOf(vectors, width, places).reshape([-1, width * size]);
      // ReLU and bias keep the order of responses, so the largest is taken first: fewer numbers pass through them.
      const responses = matmul(windows, tensorAt(variables, 'kernel', ctx)).reshape([-1, places, filters]);
      return relu(responses.max(1).add(tensorAt(variables, 'bias', ctx)));
    },
  };
}

/** Up to this many tokens, picking them by a product with zeros and ones takes less time than slices, forth and back. */
const SHORT = 48;

/** The vectors `[N, places, width, E]` (or a view of those) of each window of `[N, T, E]`. */
function windowsOf(vectors: Tensor, width: number, places: number): Tensor {
  const length = vectors.shape[1] as number;
  if (width === 1) return vectors;
  if (length > SHORT) {
    const shifted = Array.from({ length: width }, (_, k) => vectors.slice(1, k, k + places));
    return concat(shifted, 2);
  }
  const picks = new Float32Array(places * width * length);
  for (let place = 0; place < places; place++)
    for (let k = 0; k < width; k++) picks[(place * width + k) * length + place + k] = 1;
  return matmul(constant(value('float32', [places * width, length], picks)), vectors);
}
