// Losses
export { auxiliaryClassifier } from './auxiliary-classifier.js';
export { featureMatching } from './feature-matching.js';
export { fGan } from './f-gan.js';
export { type Elementwise, generalForm, type GeneralFormOptions } from './general-form.js';
export { hinge } from './hinge.js';
export { leastSquares } from './least-squares.js';
export { lipschitz } from './lipschitz.js';
export { minimax } from './minimax.js';
export { nonSaturating } from './non-saturating.js';
export { relativistic } from './relativistic.js';
export { relativisticAverage } from './relativistic-average.js';
export { relaxedWasserstein } from './relaxed-wasserstein.js';
export { scaledBregman } from './scaled-bregman.js';
export { semiSupervised } from './semi-supervised.js';
export { smoothedLabels } from './smoothed-labels.js';
export { softmaxGan } from './softmax-gan.js';
export { wasserstein } from './wasserstein.js';

// Regularizers
export { consistency } from './consistency.js';
export { dragan } from './dragan.js';
export { gradientPenalty } from './gradient-penalty.js';
export { lecam } from './lecam.js';
export { maxGradientPenalty } from './max-gradient-penalty.js';
export { orthogonal } from './orthogonal.js';
export { pathLength } from './path-length.js';
export { r1 } from './r1.js';
export { r2 } from './r2.js';
export { weightClipping } from './weight-clipping.js';

// Augmentation of what the discriminator sees
export { adaptiveAugment, type AdaptiveAugmentOptions } from './adaptive-augment.js';
export type { Augmentation } from './augmentations/augmentation.js';
export { type AugmentationName, augmentations } from './augmentations/index.js';
export { diffAugment, type DiffAugmentOptions } from './diff-augment.js';

// Parts of losses
export { baseSamples, type BaseSamplesOptions } from './base-samples.js';
export { bregmanCost } from './bregman/bregman-cost.js';
export type { BregmanFunction } from './bregman/bregman-function.js';
export { type BregmanName, bregmanFunctions } from './bregman/index.js';
export { relaxedWasserstein1d } from './bregman/relaxed-wasserstein-1d.js';
export { classCrossEntropy, requireLabels } from './class-cross-entropy.js';
export type { Divergence } from './divergences/divergence.js';
export { type DivergenceName, divergences } from './divergences/index.js';
export { type ProjectionParts, projectionLogits } from './projection-logits.js';

export { losses } from './plugin.js';
