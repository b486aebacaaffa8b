import { cos, sin, type Tensor } from '@ganymede/tensor';
import type { MeanFieldGame } from './mean-field-game.js';

const turn = 2 * Math.PI;

/** I₀, the modified Bessel function, by its series: all terms are positive. */
function bessel0(x: number): number {
  let [sum, term] = [0, 1];
  for (let k = 1; term > 1e-17 * sum; k++) {
    sum += term;
    term *= (x / 2 / k) ** 2;
  }
  return sum;
}

const half = (p: Tensor): Tensor => p.square().sum([1], true).mul(-0.5);
const waves = (x: readonly number[]): number => x.reduce((sum, xi) => sum + Math.sin(turn * xi), 0);

/**
 * The first-order game u_x²/2 + sin(2πx) = ln m + H̄, −(m u_x)_x = 0 on [0, 1] (Almulla, Ferreira and Gomes 2017; the first experiment of
 * Cao, Guo and Lauriere 2020). m u_x is constant and u periodic, so u = 0, m = exp(sin 2πx)/I₀(1), H̄ = ln I₀(1). Written for a player who
 * maximises, which changes all signs of the first equation.
 */
export const firstOrderErgodicGame = (): MeanFieldGame => ({
  dimension: 1,
  viscosity: 0,
  hamiltonian: (x, p) => half(p).sub(sin(x.mul(turn))),
  coupling: (_x, logDensity) => logDensity,
  solution: {
    value: () => 0,
    density: (x) => Math.exp(waves(x)) / bessel0(1),
    constant: Math.log(bessel0(1)),
  },
});

/**
 * −½ Δu − ½ |∇u|² + V + ln m + H̄ = 0, ½ Δm − div(m ∇u) = 0 on the torus of any dimension, with
 * V = 2π² Σ (cos² − sin)(2πx_i) − 2 Σ sin(2πx_i), so that u = Σ sin(2πx_i), m = e^{2u}/I₀(2)^d, H̄ = d ln I₀(2) (the second experiment of
 * Cao, Guo and Lauriere 2020, after Carmona and Lauriere).
 */
export const secondOrderErgodicGame = (dimension: number): MeanFieldGame => ({
  dimension,
  viscosity: 0.5,
  hamiltonian(x, p) {
    const [s, c] = [sin(x.mul(turn)), cos(x.mul(turn))];
    const potential = c
      .square()
      .sub(s)
      .mul(2 * Math.PI ** 2)
      .sub(s.mul(2));
    return half(p).add(potential.sum([1], true));
  },
  coupling: (_x, logDensity) => logDensity,
  solution: {
    value: waves,
    density: (x) => Math.exp(2 * waves(x)) / bessel0(2) ** dimension,
    constant: dimension * Math.log(bessel0(2)),
  },
});
