import { definePlugin } from '@ganymede/core';
import { gradientPenalty } from './gradient-penalty.js';
import { hinge } from './hinge.js';
import { leastSquares } from './least-squares.js';
import { minimax } from './minimax.js';
import { nonSaturating } from './non-saturating.js';
import { r1 } from './r1.js';
import { wasserstein } from './wasserstein.js';

/** The adversarial losses and regularizers of this package, by id. */
export const losses = definePlugin({
  name: '@ganymede/losses',
  apiVersion: 1,
  modules: [minimax, nonSaturating, leastSquares, hinge, wasserstein, gradientPenalty, r1],
});
