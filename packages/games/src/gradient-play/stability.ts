import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** What the spectrum of a Jacobian says about a point where the field is zero. */
export interface Stability {
  /** By real part, the smallest first. */
  readonly eigenvalues: readonly Complex[];
  /**
   * Of the gradient flow near the point: `stable`, all real parts positive (descent goes against the field); `unstable`, all negative;
   * `saddle`, some of each; `centre`, real parts of zero with rotation, where the first order does not decide and discrete steps spiral
   * out; `degenerate`, an eigenvalue of zero.
   */
  readonly verdict: 'stable' | 'unstable' | 'saddle' | 'centre' | 'degenerate';
  /** Simultaneous descent converges near the point at rates below this: min 2 Re λ / |λ|²; 0 where there is none. */
  readonly largestRate: number;
  /** Largest |Im λ| / |λ|: 0 where play is descent on one function, 1 where it only turns. */
  readonly rotation: number;
  /** Norm of the antisymmetric part of the Jacobian over the norm of the whole: 0 for potential, 1 for Hamiltonian games. */
  readonly antisymmetry: number;
}

/** Options of {@link stability}. */
export interface StabilityOptions {
  /** What counts as zero, as a share of the largest |λ|. @defaultValue 1e-9 */
  readonly tolerance?: number;
}

/** Eigenvalues of a square matrix, by real part, then imaginary part. */
export function spectrum(matrix: readonly (readonly number[])[]): Complex[] {
  const decomposition = new EigenvalueDecomposition(new Matrix(matrix.map((row) => [...row])), {
    assumeSymmetric: false,
  });
  const [re, im] = [decomposition.realEigenvalues, decomposition.imaginaryEigenvalues];
  return re.map((x, i) => ({ re: x, im: im[i] as number })).sort((a, b) => a.re - b.re || a.im - b.im);
}

const size = ({ re, im }: Complex): number => Math.hypot(re, im);

/** The spectrum of a game's Jacobian and what follows of it for play near an equilibrium (Mescheder, Nowozin and Geiger 2017). */
export function stability(
  jacobian: readonly (readonly number[])[],
  { tolerance = 1e-9 }: StabilityOptions = {},
): Stability {
  const eigenvalues = spectrum(jacobian);
  const zero = tolerance * Math.max(...eigenvalues.map(size), Number.MIN_VALUE);
  const some = (test: (λ: Complex) => boolean) => eigenvalues.some(test);
  const norm = (f: (i: number, j: number) => number) =>
    Math.sqrt(jacobian.reduce((sum, row, i) => sum + row.reduce((s, _, j) => s + f(i, j) ** 2, 0), 0));
  const at = (i: number, j: number) => jacobian[i]?.[j] as number;
  const whole = norm(at);
  const verdict = (): Stability['verdict'] => {
    const [down, up] = [some(({ re }) => re < -zero), some(({ re }) => re > zero)];
    if (some((λ) => size(λ) <= zero)) return 'degenerate';
    if (down && up) return 'saddle';
    if (some(({ re }) => Math.abs(re) <= zero)) return down ? 'unstable' : 'centre';
    return up ? 'stable' : 'unstable';
  };
  const stable = verdict() === 'stable';
  return {
    eigenvalues,
    verdict: verdict(),
    largestRate: stable ? Math.min(...eigenvalues.map((λ) => (2 * λ.re) / size(λ) ** 2)) : 0,
    rotation: Math.max(...eigenvalues.map((λ) => (size(λ) <= zero ? 0 : Math.abs(λ.im) / size(λ)))),
    antisymmetry: whole === 0 ? 0 : norm((i, j) => (at(i, j) - at(j, i)) / 2) / whole,
  };
}
