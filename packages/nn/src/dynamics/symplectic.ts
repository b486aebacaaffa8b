import type { Scheduled } from '@ganymede/core';
import { sign, type Tensor } from '@ganymede/tensor';
import { fieldProducts, inner, leavesOf, likeLeaves } from './field-products.js';
import { type Dynamics, moveAll, paramsOf, vectorField } from './game.js';

/** Options of {@link symplectic}. */
export interface SymplecticOptions {
  /** |λ|, how much of the adjustment is added. @defaultValue 1 */
  readonly strength?: Scheduled;
  /** Choose the sign of λ so that the adjustment draws towards stable equilibria and away from unstable ones. @defaultValue true */
  readonly align?: boolean;
  /** ε of the alignment: which sign is taken where it is nearly undecided. @defaultValue 0.1 */
  readonly bias?: number;
}

/**
 * Symplectic gradient adjustment (Balduzzi et al. 2018, algorithm 1): everybody moves simultaneously along ξ + λ Aᵀξ, ξ the field of all
 * gradients, A = ½(H − Hᵀ) the antisymmetric part of its Jacobian: what makes players circle. With alignment λ has the sign of
 * ⟨ξ, ∇½‖ξ‖²⟩ · ⟨Aᵀξ, ∇½‖ξ‖²⟩ / d + ε, d the number of parameters. On f = x·y, at rate η, the distance from the equilibrium changes by
 * √((1 − ηλ)² + η²) a step. One gradient per player, and two products with the Jacobian, about a gradient each.
 */
export const symplectic = ({ strength = 1, align = true, bias = 0.1 }: SymplecticOptions = {}): Dynamics => ({
  name: 'symplectic',
  update(game) {
    const at = paramsOf(game.start);
    const field = vectorField(game, at);
    const xi = leavesOf(field);
    const { transposed, straight } = fieldProducts(field, at);
    const along = straight();
    const adjustment = transposed.map((t, i) => t.sub(along[i] as Tensor).mul(0.5));
    const size = game.ctx.child('dynamics/symplectic').scalar('strength', strength);
    const count = xi.reduce((sum, x) => sum + x.shape.reduce<number>((n, d) => n * Number(d), 1), 0);
    const aligned = () => sign(inner(xi, transposed).mul(inner(adjustment, transposed)).div(count).add(bias));
    const lambda = align ? size.mul(aligned()) : size;
    const adjusted = xi.map((x, i) => x.add((adjustment[i] as Tensor).mul(lambda)));
    return { players: moveAll(game, likeLeaves(field, adjusted), game.start) };
  },
});
