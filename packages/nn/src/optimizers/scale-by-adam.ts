import type { Optimizer } from '@ganymede/core';
import { adamDirection, type MomentOptions } from './adam-direction.js';

/**
 * Adam's direction m̂ / (√v̂ + ε) without rate or sign, for chains: `chain(scaleByAdam(), weightDecay(0.01), scaleByRate(1e-3))`
 * is AdamW (Loshchilov and Hutter 2019).
 */
export const scaleByAdam = ({
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
}: Partial<MomentOptions> = {}): Optimizer => adamDirection({ beta1, beta2, epsilon });
