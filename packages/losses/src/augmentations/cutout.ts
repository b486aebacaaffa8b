import { and, greaterOrEqual, less, type Tensor, where } from '@ganymede/tensor';
import { counting } from '../places.js';
import { type Augmentation, requireImages, wholePerSample } from './augmentation.js';

/** A box of half the height and width, its centre anywhere in the image, set to 0 (Zhao et al. 2020, DiffAugment). */
export const cutout: Augmentation = {
  name: 'cutout',
  apply(x, ctx) {
    const [, , height = 0, width = 0] = requireImages('cutout', x);
    const inside = (size: number, name: string, shape: readonly number[]): Tensor => {
      const box = Math.floor(size / 2 + 0.5);
      const start = wholePerSample(x, ctx, name, 0, size - (box % 2)).sub(Math.floor(box / 2));
      const places = counting(size, x.dtype).reshape(shape);
      return and(greaterOrEqual(places, start), less(places, start.add(box)));
    };
    const rows = inside(height, 'top', [1, 1, height, 1]);
    return where(and(rows, inside(width, 'left', [1, 1, 1, width])), 0, x);
  },
};
