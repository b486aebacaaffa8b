import type { Tensor } from '@ganymede/tensor';

/** −E log σ(real) − E log(1 − σ(fake)) on raw logits; softplus keeps it exact where σ rounds to 0 or 1. */
export const discriminatorCrossEntropy = (real: Tensor, fake: Tensor): Tensor =>
  real.neg().softplus().mean().add(fake.softplus().mean());
