import type { RegularizerInput } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';

/** `shape` with every dimension but the batch 1: one number per sample. */
export const perSample = ({ shape }: Tensor) => shape.map((d, i) => (i === 0 ? d : 1));

/** A point on the line between each real and generated sample, uniform on it: fake + e · (real − fake). */
export function interpolates({ real, fake, ctx }: RegularizerInput): Tensor {
  const mix = ctx.noise('interpolation', perSample(real), { kind: 'uniform', low: 0, high: 1 });
  return fake.add(real.sub(fake).mul(mix));
}
