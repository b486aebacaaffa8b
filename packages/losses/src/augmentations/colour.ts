import { type Augmentation, requireImages, uniformPerSample } from './augmentation.js';

/**
 * Brightness, saturation and contrast (Zhao et al. 2020, DiffAugment's `color`): x + u, u in [−½, ½); then each pixel's distance
 * from the mean of its channels times [0, 2); then the distance from the image's mean times [½, 1½).
 */
export const colour: Augmentation = {
  name: 'colour',
  apply(x, ctx) {
    requireImages('colour', x);
    const bright = x.add(uniformPerSample(x, ctx, 'brightness', -0.5, 0.5));
    const grey = bright.mean(1, true);
    const saturated = bright
      .sub(grey)
      .mul(uniformPerSample(x, ctx, 'saturation', 0, 2))
      .add(grey);
    const level = saturated.mean([1, 2, 3], true);
    return saturated
      .sub(level)
      .mul(uniformPerSample(x, ctx, 'contrast', 0.5, 1.5))
      .add(level);
  },
};
