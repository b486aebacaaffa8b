import type { StepContext } from '@ganymede/core';
import { less, type Tensor, where } from '@ganymede/tensor';

/** Options of {@link baseSamples}. */
export interface BaseSamplesOptions {
  /** Share of real samples in the mixture, in [0, 1]. @defaultValue 0.5 */
  readonly share?: number;
  /** Standard deviation of the Gaussian noise that is added; above 0 makes the support whole. @defaultValue 0.1 */
  readonly noise?: number;
}

/**
 * Samples of a base measure for {@link scaledBregman}: of each row the real or the generated sample, plus Gaussian noise, so
 * share · data + (1 − share) · model convolved with N(0, noise²). Differentiable for the generated samples. One shape for all.
 */
export function baseSamples(
  real: Tensor,
  fake: Tensor,
  ctx: StepContext,
  { share = 0.5, noise = 0.1 }: BaseSamplesOptions = {},
): Tensor {
  const perSample = real.shape.map((d, i) => (i === 0 ? d : 1));
  const choice = ctx.noise('base', perSample, { kind: 'uniform', low: 0, high: 1 });
  const added = ctx.noise('baseNoise', real.shape, { kind: 'normal', std: noise });
  return where(less(choice, share), real, fake).add(added);
}
