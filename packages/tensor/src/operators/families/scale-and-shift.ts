import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { mul } from '../mul.js';
import { reshape } from '../reshape.js';

/** What normalizations learn; either may be left out. */
export interface ScaleAndShift {
  /** Factor of the normalized values. @defaultValue none */
  readonly scale?: Tensor;
  /** Added to them. @defaultValue none */
  readonly bias?: Tensor;
  /** Added to the variance. @defaultValue 1e-5 */
  readonly epsilon?: number;
}

/** `[C]` as `[1, C, 1, …]`, to meet the channels of `x`. */
export const perChannel = (v: Tensor, x: Tensor): Tensor =>
  reshape(v, [1, v.shape[0] ?? 1, ...x.shape.slice(2).map(() => 1)]);

/** `y` scaled and shifted, by what `lay` makes of scale and bias. */
export function scaleAndShift(y: Tensor, { scale, bias }: ScaleAndShift, lay: (v: Tensor) => Tensor): Tensor {
  const scaled = scale === undefined ? y : mul(y, lay(scale));
  return bias === undefined ? scaled : add(scaled, lay(bias));
}
