import { GanymedeError } from '../error.js';
import { site } from '../scope.js';
import { formatShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { div } from './div.js';
import { requireFloating } from './families/elementwise.js';
import { transposedMatrix } from './families/matrices.js';
import { matmul } from './matmul.js';
import { mul } from './mul.js';
import { sum } from './reduce-sum.js';
import { sqrt } from './sqrt.js';

/** Options of {@link spectralNorm}. */
export interface SpectralNormOptions {
  /**
   * Squarings k, which stand for 2ᵏ steps of the power iteration. The relative error is at most (σ₂/σ₁)^(2·2ᵏ) times the rank.
   * @defaultValue 6
   */
  readonly squarings?: number;
}

/**
 * The largest singular value of each matrix in the last two axes, without a decomposition: the Gram matrix G of the shorter side is
 * squared until only its largest eigenvector is left, P ≈ v·vᵀ, and σ² = tr(P·G) / tr(P).
 *
 * Floating (`GANYMEDE_DTYPE`), matrices of known size (`GANYMEDE_SHAPE`); the result lacks the last two axes. A composite with gradients of any
 * order where the largest singular value is simple. Each squaring costs a product of matrices of the shorter side; in a network's
 * layer, one step of the power iteration per training step with a kept vector is cheaper.
 */
export function spectralNorm(x: Tensor, { squarings = 6 }: SpectralNormOptions = {}): Tensor {
  requireFloating('spectralNorm', x);
  const [rows, columns] = x.shape.slice(-2);
  if (x.rank < 2 || typeof rows !== 'number' || typeof columns !== 'number') {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site('spectralNorm')}: ${formatShape(x.shape)} holds no matrices of known size`,
    });
  }
  const turned = transposedMatrix(x);
  const gram = rows < columns ? matmul(x, turned) : matmul(turned, x);
  const scaled = (m: Tensor): Tensor => div(m, sqrt(sum(mul(m, m), [-2, -1], true)));
  let power = scaled(gram);
  for (let k = 1; k < squarings; k++) power = scaled(matmul(power, power));
  // With P = Qᵀ·Q of a symmetric Q, both traces are sums over elements.
  const image = matmul(power, gram);
  return sqrt(div(sum(mul(power, image), [-2, -1]), sum(mul(power, power), [-2, -1])));
}
