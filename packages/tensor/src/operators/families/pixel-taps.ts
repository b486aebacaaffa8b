import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { cast } from '../cast.js';
import { gather } from '../gather.js';
import { mul } from '../mul.js';
import { reshape } from '../reshape.js';
import { transpose } from '../transpose.js';
import { productOf } from '../../shape.js';

/** Pixels along one axis, one for each place: their (whole) numbers as floats, and their weights. */
export interface Tap {
  readonly index: Tensor;
  readonly weight: Tensor;
}

/** An image `[N, C, H, W]` as a table of pixels `[N·H·W, C]`. */
const pixelTable = (x: Tensor): Tensor => {
  const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
  return reshape(transpose(x, [0, 2, 3, 1]), [productOf([batch, height, width]), channels]);
};

/**
 * Σ weight · pixel over all pairs of a tap down and a tap across, `[...places, C]`. `first` is the number of each place's first pixel
 * in the table, int64; all broadcast.
 */
export function readTaps(x: Tensor, first: Tensor, down: readonly Tap[], across: readonly Tap[]): Tensor {
  const table = pixelTable(x);
  const width = Number(x.shape[3]);
  const parts = down.flatMap((v) =>
    across.map((u) => {
      const pixel = cast(add(mul(v.index, width), u.index), 'int64');
      const weight = mul(v.weight, u.weight);
      return mul(gather(table, add(pixel, first)), reshape(weight, [...weight.shape, 1]));
    }),
  );
  return parts.reduce((a, b) => add(a, b));
}
