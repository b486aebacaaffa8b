import type { Loss } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';
import { onRawLogits } from './raw-logits.js';

/** A function of each element on its own. */
export type Elementwise = (x: Tensor) => Tensor;

/** The three functions of {@link generalForm}. */
export interface GeneralFormOptions {
  /** What the discriminator pays for a generated logit; increasing. */
  readonly phi: Elementwise;
  /** What the discriminator pays for a real logit; decreasing. @defaultValue x ↦ phi(−x) */
  readonly varphi?: Elementwise;
  /** What the generator pays for a logit of its own; decreasing. @defaultValue x ↦ phi(−x) */
  readonly psi?: Elementwise;
}

/**
 * The general form of an adversarial loss (Zhou et al. 2019, eq. 1): D minimises E φ(fake) + E ϕ(real), G minimises E ψ(fake),
 * on raw logits of any shape. With φ = softplus it is {@link nonSaturating}, with x {@link wasserstein}, with (x + α)² least
 * squares. The generator's gradient is ψ′(f) · ∂f/∂x · ∂x/∂θ: the first factor can vanish, the second can be uninformative.
 *
 * @throws `GANYMEDE_LOGITS`
 */
export function generalForm({
  phi,
  varphi = (x) => phi(x.neg()),
  psi = (x) => phi(x.neg()),
}: GeneralFormOptions): Loss {
  return onRawLogits('generalForm', {
    discriminator: (real, fake) => phi(fake).mean().add(varphi(real).mean()),
    generator: (fake) => psi(fake).mean(),
  });
}
