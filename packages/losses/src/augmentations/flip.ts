import { cast, constant, equal, less, where } from '@ganymede/tensor';
import { type Augmentation, requireImages, uniformPerSample } from './augmentation.js';

/** Mirrored left to right with probability ½ (Karras et al. 2020, ADA's x-flip). */
export const flip: Augmentation = {
  name: 'flip',
  apply(x, ctx) {
    const [, , , width = 0] = requireImages('flip', x);
    const places = Array.from({ length: width }, (_, i) => i);
    const reversed = constant(places.toReversed(), x.dtype).reshape([1, width]);
    const mirror = cast(equal(constant(places, x.dtype).reshape([width, 1]), reversed), x.dtype);
    return where(less(uniformPerSample(x, ctx, 'mirrored', 0, 1), 0.5), x.matmul(mirror), x);
  },
};
