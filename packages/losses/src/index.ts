export { gradientPenalty } from './gradient-penalty.js';
export { hinge } from './hinge.js';
export { leastSquares } from './least-squares.js';
export { minimax } from './minimax.js';
export { nonSaturating } from './non-saturating.js';
export { losses } from './plugin.js';
export { r1 } from './r1.js';
export { wasserstein } from './wasserstein.js';
