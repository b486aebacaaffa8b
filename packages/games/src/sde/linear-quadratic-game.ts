import { valueOf } from '@ganymede/tensor';
import type { SampledGame } from './sampled-game.js';

/** Options of {@link linearQuadraticGame}. */
export interface LinearQuadraticOptions {
  /** a in −a ω²: how concave the discriminator's side is. @defaultValue 0.35 */
  readonly discriminatorCurvature?: number;
  /** b in +b θ²: how convex the generator's side is. @defaultValue 0.15 */
  readonly generatorCurvature?: number;
  /** Mean of the data x. @defaultValue 1 */
  readonly dataMean?: number;
  /** Mean of the latent z. @defaultValue 0.8 */
  readonly latentMean?: number;
  /** x and z are their mean plus or minus this, independently. @defaultValue 0.5 */
  readonly spread?: number;
}

/**
 * The smallest GAN with everything that its stochastic differential equation is about: generator θ z, discriminator ω x, and
 * J = ω (x − θ z) − a ω² + b θ². Its gradients are linear in the parameters, so the moments of scheme and equation are known.
 */
export function linearQuadraticGame({
  discriminatorCurvature: a = 0.35,
  generatorCurvature: b = 0.15,
  dataMean = 1,
  latentMean = 0.8,
  spread = 0.5,
}: LinearQuadraticOptions = {}): SampledGame {
  const signs = [-1, 1];
  const pairs = signs.flatMap((i) => signs.flatMap((j) => [dataMean + i * spread, latentMean + j * spread]));
  return {
    generator: 1,
    discriminator: 1,
    samples: valueOf(pairs, [4, 2], 'float64'),
    objective(theta, omega, sample) {
      const [x, z] = [sample.slice(1, 0, 1), sample.slice(1, 1, 2)];
      const value = omega
        .mul(x.sub(theta.mul(z)))
        .sub(omega.square().mul(a))
        .add(theta.square().mul(b));
      return value.sum(1);
    },
  };
}
