import { gemm, pickPixels, productOf, reshape, sum, type Tensor, transpose } from '@ganymede/tensor';
import type { TransposedProblem } from './transposed-problem.js';

/** One product for all filter elements of all input pixels, then the sum of those that meet at each output pixel. */
export function byElements({ image, filter, bias, batch, channels, taps }: TransposedProblem): Tensor {
  const [inputs = 1, , size = 1] = filter.shape.map(Number);
  const count = Number(productOf(image.shape.slice(1, -1)));
  const weights = reshape(transpose(filter, [0, 2, 1]), [inputs, size * channels]);
  const product = reshape(gemm(reshape(image, [batch * count, inputs]), weights), [
    batch,
    count * size,
    channels,
  ]);
  const most = Math.max(...taps.map((list) => list.length));
  const indices = Array.from({ length: most }, (_, i) =>
    taps.map((list) => {
      const tap = list[i];
      return tap?.pixel === undefined ? undefined : tap.pixel * size + tap.element;
    }),
  );
  const met = reshape(pickPixels(product, indices.flat()), [batch, most, taps.length * channels]);
  const pixels = reshape(sum(met, 1), [batch, taps.length, channels]);
  return bias === undefined ? pixels : pixels.add(bias);
}
