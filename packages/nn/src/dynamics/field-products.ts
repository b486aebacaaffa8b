import { flattenTree, type Tree, unflattenTree } from '@ganymede/core';
import { type Tensor, vjp } from '@ganymede/tensor';
import { type Players, stopped } from './game.js';

/** A field or a point of a game, as one flat list. */
export const leavesOf = (of: Players<Tree<Tensor>>): readonly Tensor[] =>
  Object.values(flattenTree<Tensor>(of));

/** The inverse of {@link leavesOf}, in the form of `like`. */
export const likeLeaves = (like: Players<Tree<Tensor>>, leaves: readonly Tensor[]): Players<Tree<Tensor>> =>
  unflattenTree(
    Object.fromEntries(Object.keys(flattenTree<Tensor>(like)).map((path, i) => [path, leaves[i] as Tensor])),
  ) as Players<Tree<Tensor>>;

/** Σ of the products of two lists of tensors, a scalar. */
export const inner = (a: readonly Tensor[], b: readonly Tensor[]): Tensor =>
  a.map((x, i) => x.mul(b[i] as Tensor).sum()).reduce((sum, x) => sum.add(x));

/** Products of a field ξ with its own Jacobian H (`H[i][j]` = ∂ξᵢ/∂wⱼ), in the order of {@link leavesOf}. */
export interface FieldProducts {
  /** Hᵀξ, the gradient of ½‖ξ‖². */
  readonly transposed: readonly Tensor[];
  /** Hξ. */
  readonly straight: () => readonly Tensor[];
}

/** The {@link FieldProducts} of the field `field` at the point `at`; exact, without any matrix. */
export function fieldProducts(field: Players<Tree<Tensor>>, at: Players<Tree<Tensor>>): FieldProducts {
  const [xi, w] = [leavesOf(field), leavesOf(at)];
  // Hᵀu is linear in u, so that its derivative by u along ξ is Hξ; here u has the numbers of ξ, too, but is a variable of its own.
  const u = Object.values(flattenTree<Tensor>(stopped(field as Tree<Tensor>)));
  const transposed = vjp(xi, w, u);
  return { transposed, straight: () => vjp(transposed, u, xi) };
}
