import { mapTree, type Tree } from '@ganymede/core';
import { abs, less, type Tensor, where } from '@ganymede/tensor';
import { requireCount } from '../layers/argument.js';
import { type Dynamics, mapPlayers, ownGradient, paramsOf, type Standing } from './game.js';
import { gradientsOf } from '../optimizers/gradients-of.js';

/** Options of {@link unrolled}. */
export interface UnrolledOptions {
  /** k, how many of the player's next updates the others look through; at least 1. @defaultValue 5 */
  readonly steps?: number;
  /** The player that the others look ahead of. @defaultValue 'discriminator' */
  readonly player?: string;
}

/**
 * Gradients of exactly 0 (behind a dead unit, say) take the place of which the root of their square has no derivative: so small a
 * number moves nothing, and as a constant it passes no derivative on.
 */
const awayFromZero = (gradients: Tree<Tensor>): Tree<Tensor> =>
  mapTree(gradients, (g) => where(less(abs(g), 1e-18), 1e-18, g));

/**
 * Unrolled GAN (Metz et al. 2017, eq. 10-12): the discriminator moves once along its gradient; the generator's loss is that against the
 * discriminator after k of its updates (by its optimizer, with its slots), which depend on the generator, and its gradient goes through
 * them: every second derivative is exact. Both move from the same point. k + 1 gradients of the discriminator and one of the generator
 * through k of them.
 */
export function unrolled({ steps = 5, player = 'discriminator' }: UnrolledOptions = {}): Dynamics {
  requireCount('unrolled', 'steps', steps);
  return {
    name: 'unrolled',
    update(game) {
      const at = paramsOf(game.start);
      let ahead = game.start[player] as Standing;
      for (let i = 0; i < steps; i++) {
        const gradient = ownGradient(game, player, { ...at, [player]: ahead.params });
        ahead = game.move(player, awayFromZero(gradient), ahead);
      }
      const gradientOf = (other: string): Tree<Tensor> =>
        other === player
          ? ownGradient(game, player, at)
          : gradientsOf(game.loss(other, { ...at, [player]: ahead.params }), at[other] as Tree<Tensor>);
      return {
        players: mapPlayers(game.start, (standing, other) => game.move(other, gradientOf(other), standing)),
      };
    },
  };
}
