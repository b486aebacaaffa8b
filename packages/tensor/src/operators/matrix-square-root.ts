import type { Tensor } from '../tensor.js';
import { div } from './div.js';
import { eye } from './eye.js';
import { squareSize } from './families/matrices.js';
import { matmul } from './matmul.js';
import { mul } from './mul.js';
import { sum } from './reduce-sum.js';
import { sqrt } from './sqrt.js';
import { sub } from './sub.js';

/** Options of {@link matrixSquareRoot} and {@link matrixInverseSquareRoot}. */
export interface MatrixRootOptions {
  /**
   * Steps of the iteration. Small eigenvalues grow 2.25-fold per step: 15 are enough where the largest eigenvalue is up to 10⁴
   * times the smallest, 20 up to 10⁶ (in float64). @defaultValue 15
   */
  readonly iterations?: number;
}

/** The coupled Newton-Schulz iteration (Higham 2008, equation 5.30): root and inverse root, both of `x` over its norm. */
function newtonSchulz(operator: string, x: Tensor, iterations: number) {
  const n = squareSize(operator, x);
  const norm = sqrt(sum(mul(x, x), [-2, -1], true));
  const identity = eye(n, x.dtype);
  let root = div(x, norm);
  let inverse: Tensor | undefined;
  for (let k = 0; k < iterations; k++) {
    const product: Tensor = inverse === undefined ? root : matmul(inverse, root);
    const half = mul(sub(mul(identity, 3), product), 0.5);
    root = matmul(root, half);
    inverse = inverse === undefined ? half : matmul(half, inverse);
  }
  return { root, inverse: inverse ?? identity, scale: sqrt(norm) };
}

/**
 * The symmetric positive definite R with R·R = `x`, of such matrices in the last two axes: the square root in the Fréchet distance.
 *
 * Floating (`GANYMEDE_DTYPE`), square, of known size (`GANYMEDE_SHAPE`). A composite of three matrix products per step (Newton-Schulz), with
 * gradients of any order and no decomposition; it does not converge for matrices with a negative eigenvalue, and slowly for nearly
 * singular ones: add a little to the diagonal.
 */
export function matrixSquareRoot(x: Tensor, { iterations = 15 }: MatrixRootOptions = {}): Tensor {
  const { root, scale } = newtonSchulz('matrixSquareRoot', x, iterations);
  return mul(root, scale);
}

/** The inverse of {@link matrixSquareRoot}, from the same iteration: whitening. */
export function matrixInverseSquareRoot(x: Tensor, { iterations = 15 }: MatrixRootOptions = {}): Tensor {
  const { inverse, scale } = newtonSchulz('matrixInverseSquareRoot', x, iterations);
  return div(inverse, scale);
}
