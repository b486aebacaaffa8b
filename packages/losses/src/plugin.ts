import { definePlugin } from '@ganymede/core';
import { auxiliaryClassifier } from './auxiliary-classifier.js';
import { consistency } from './consistency.js';
import { dragan } from './dragan.js';
import { featureMatching } from './feature-matching.js';
import { fGan } from './f-gan.js';
import { gradientPenalty } from './gradient-penalty.js';
import { hinge } from './hinge.js';
import { leastSquares } from './least-squares.js';
import { lecam } from './lecam.js';
import { lipschitz } from './lipschitz.js';
import { maxGradientPenalty } from './max-gradient-penalty.js';
import { minimax } from './minimax.js';
import { nonSaturating } from './non-saturating.js';
import { orthogonal } from './orthogonal.js';
import { pathLength } from './path-length.js';
import { r1 } from './r1.js';
import { r2 } from './r2.js';
import { relativistic } from './relativistic.js';
import { relativisticAverage } from './relativistic-average.js';
import { relaxedWasserstein } from './relaxed-wasserstein.js';
import { scaledBregman } from './scaled-bregman.js';
import { semiSupervised } from './semi-supervised.js';
import { smoothedLabels } from './smoothed-labels.js';
import { softmaxGan } from './softmax-gan.js';
import { wasserstein } from './wasserstein.js';
import { weightClipping } from './weight-clipping.js';

/** The adversarial losses and regularizers of this package, by id. */
export const losses = definePlugin({
  name: '@ganymede/losses',
  apiVersion: 1,
  modules: [
    minimax,
    nonSaturating,
    smoothedLabels,
    leastSquares,
    hinge,
    wasserstein,
    lipschitz,
    fGan,
    relativistic,
    relativisticAverage,
    softmaxGan,
    auxiliaryClassifier,
    semiSupervised,
    featureMatching,
    relaxedWasserstein,
    scaledBregman,
    gradientPenalty,
    dragan,
    maxGradientPenalty,
    r1,
    r2,
    weightClipping,
    orthogonal,
    consistency,
    lecam,
    pathLength,
  ],
});
