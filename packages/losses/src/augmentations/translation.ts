import { type Augmentation, requireImages, wholePerSample } from './augmentation.js';
import { shift } from './shift.js';

/** Moved by up to an eighth of height and width in each direction, 0 coming in (Zhao et al. 2020, DiffAugment). */
export const translation: Augmentation = {
  name: 'translation',
  apply(x, ctx) {
    const [, , height = 0, width = 0] = requireImages('translation', x);
    const reach = (size: number) => Math.floor(size / 8 + 0.5);
    const rows = wholePerSample(x, ctx, 'down', -reach(height), reach(height));
    const columns = wholePerSample(x, ctx, 'right', -reach(width), reach(width));
    return shift(x, rows, columns);
  },
};
