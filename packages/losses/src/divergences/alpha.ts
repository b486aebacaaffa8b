import { GanymedeError, sub } from '@ganymede/tensor';
import type { Divergence } from './divergence.js';

/**
 * α-divergence, f(u) = (u^α − 1 − α(u − 1)) / (α(α − 1)), for any α but 0 and 1: half of Pearson's χ² at 2, half of Neyman's at −1,
 * twice the squared Hellinger distance at ½; it tends to the Kullback-Leibler divergence at 1 and to the reverse one at 0.
 * f*(t) = ((t(α − 1) + 1)^(α/(α − 1)) − 1) / α. The activation depends on α so that no logit up to ±80 overflows:
 * v above 1, (e^((α − 1)v) − 1) / (α − 1) between 0 and 1, (1 − e⁻ᵛ) / (1 − α) below 0.
 *
 * @throws `GANYMEDE_OPTION` for 0 and 1
 */
export function alphaDivergence(alpha: number): Divergence {
  const common = {
    generator: '(u^α − 1 − α(u − 1)) / (α(α − 1))',
    range: [0, alpha > 0 && alpha < 1 ? 1 / (alpha * (1 - alpha)) : Infinity],
  } as const;
  const slope = (u: number) => (u ** (alpha - 1) - 1) / (alpha - 1);
  if (alpha > 1) {
    return {
      ...common,
      activation: (v) => v,
      conjugate: (v) =>
        v
          .mul(alpha - 1)
          .add(1)
          .relu()
          .pow(alpha / (alpha - 1))
          .sub(1)
          .div(alpha),
      bestLogit: slope,
    };
  }
  if (alpha > 0 && alpha < 1) {
    return {
      ...common,
      activation: (v) =>
        v
          .mul(alpha - 1)
          .exp()
          .sub(1)
          .div(alpha - 1),
      conjugate: (v) => v.mul(alpha).exp().sub(1).div(alpha),
      bestLogit: (u) => Math.log(u),
    };
  }
  if (alpha < 0) {
    return {
      ...common,
      activation: (v) => sub(1, v.neg().exp()).div(1 - alpha),
      conjugate: (v) =>
        v
          .mul(alpha / (1 - alpha))
          .exp()
          .sub(1)
          .div(alpha),
      bestLogit: (u) => (1 - alpha) * Math.log(u),
    };
  }
  throw new GanymedeError('GANYMEDE_OPTION', {
    message: `fGan: alpha must be a number other than 0 and 1, received ${alpha}`,
    hint: 'the limits have names: "reverse-kl" is alpha 0, "kl" is alpha 1',
    data: { option: 'alpha' },
  });
}
