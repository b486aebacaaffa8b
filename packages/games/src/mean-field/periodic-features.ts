import { concat, cos, sin, type Tensor } from '@ganymede/tensor';

/**
 * sin(2πk x_i) and cos(2πk x_i) for k = 1 … `harmonics`: `[N, d]` to `[N, 2·d·harmonics]`. A network of these is periodic, with all its
 * derivatives, whatever its parameters.
 */
export function periodicFeatures(x: Tensor, harmonics = 1): Tensor {
  const angles = Array.from({ length: harmonics }, (_, k) => x.mul(2 * Math.PI * (k + 1)));
  return concat(
    angles.flatMap((angle) => [sin(angle), cos(angle)]),
    1,
  );
}
