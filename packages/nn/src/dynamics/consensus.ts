import type { Scheduled } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';
import { type Dynamics, moveAll, paramsOf, vectorField } from './game.js';
import { fieldProducts, leavesOf, likeLeaves } from './field-products.js';

/** Options of {@link consensus}. */
export interface ConsensusOptions {
  /** γ, how much everybody helps to make the field small; the paper's experiments use 10 with rate 1e-4. @defaultValue 10 */
  readonly strength?: Scheduled;
}

/**
 * Consensus optimization (Mescheder et al. 2017, algorithm 1): everybody moves simultaneously along v + γ ∇½‖v‖², v the field of all
 * gradients. On f = x·y, at rate η, the distance from the equilibrium changes by √((1 − ηγ)² + η²) a step. One gradient per player, and
 * one of their squared norm.
 */
export const consensus = ({ strength = 10 }: ConsensusOptions = {}): Dynamics => ({
  name: 'consensus',
  update(game) {
    const at = paramsOf(game.start);
    const field = vectorField(game, at);
    const gamma = game.ctx.child('dynamics/consensus').scalar('strength', strength);
    const { transposed } = fieldProducts(field, at);
    const pulled = leavesOf(field).map((v, i) => v.add((transposed[i] as Tensor).mul(gamma)));
    return { players: moveAll(game, likeLeaves(field, pulled), game.start) };
  },
});
