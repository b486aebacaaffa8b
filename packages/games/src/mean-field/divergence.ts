import { constant, grad, type Tensor, tile, valueOf } from '@ganymede/tensor';

/** A vector field at N points, and its divergence there. */
export interface FieldDivergence {
  /** `[N, d]`. */
  readonly field: Tensor;
  /** `[N, 1]`. */
  readonly divergence: Tensor;
}

/**
 * The divergence Σ_i ∂field_i/∂x_i at the points `x` `[N, d]`, by exact differentiation. `field` maps points `[M, d]` to vectors
 * `[M, d]`, each row from its own point only; it may differentiate, too: the Laplacian is the divergence of a gradient.
 *
 * All d directions are one pass over d·N points, direction i in block i: the sum over the blocks' own directions is one scalar, so one
 * reverse pass gives every derivative that is wanted, and the graph does not grow with d.
 */
export function divergence(field: (x: Tensor) => Tensor, x: Tensor): FieldDivergence {
  const [n, d] = x.shape as readonly [number, number];
  if (d === 1) {
    const values = field(x);
    const [derivative] = grad(values.sum(), [x]);
    return { field: values, divergence: derivative };
  }
  const points = tile(x, [d, 1]);
  const values = field(points);
  const diagonal = Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 1 : 0));
  const own = constant(valueOf(diagonal, [d, 1, d], x.dtype));
  const [derivative] = grad(values.reshape([d, n, d]).mul(own).sum(), [points]);
  return {
    field: values.slice(0, 0, n),
    divergence: derivative.reshape([d, n, d]).mul(own).sum([0, 2]).reshape([n, 1]),
  };
}
