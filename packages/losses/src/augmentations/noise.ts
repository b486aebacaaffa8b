import type { Augmentation } from './augmentation.js';

/** Gaussian noise of standard deviation 0.05 on each element, for samples of any shape (Zhang et al. 2020 use it in consistency). */
export const noise: Augmentation = {
  name: 'noise',
  apply: (x, ctx) => x.add(ctx.noise('added', x.shape, { kind: 'normal', std: 0.05 })),
};
