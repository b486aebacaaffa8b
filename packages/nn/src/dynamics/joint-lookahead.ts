import type { Tree } from '@ganymede/core';
import type { Tensor, Value } from '@ganymede/tensor';
import { everyNth } from '../optimizers/every-nth.js';
import { copied, type LookaheadOptions, requireLookahead, synchronized } from '../optimizers/lookahead.js';
import { treeAt } from '../variables.js';
import { type Dynamics, mapPlayers } from './game.js';
import { inTurn } from './in-turn.js';

/** Options of {@link jointLookahead}. */
export interface JointLookaheadOptions extends LookaheadOptions {
  /** How the fast parameters move. @defaultValue inTurn() */
  readonly inner?: Dynamics;
}

/**
 * Lookahead for games (LA-GAN; Chavdarova et al. 2021, algorithm 1): fast parameters move by `inner`; after every k updates both players'
 * slow parameters together go the share α of the way to the fast ones, which start again from there. On f = x·y, with simultaneous
 * updates at rate η, k of them change the distance from the equilibrium by |1 − α + α (1 − iη)ᵏ|. As many gradients as `inner`. State:
 * `slow` parameters per player, `inner`. May be nested.
 *
 * @throws `GANYMEDE_OPTION`
 */
export function jointLookahead({ inner = inTurn(), ...options }: JointLookaheadOptions = {}): Dynamics {
  const { every, rate } = requireLookahead('jointLookahead', options);
  return {
    name: 'joint-lookahead',
    init(params) {
      const own = inner.init?.(params);
      const slow = mapPlayers(params, (tree: Tree<Value>) => copied(tree));
      return { slow, ...(own === undefined ? {} : { inner: own }) };
    },
    update(game, state) {
      const { players, state: after } = inner.update(game, treeAt(state, 'inner'));
      const due = everyNth(game.ctx.child(`dynamics/lookahead${every}`), 'synchronize', every);
      const before = treeAt(state, 'slow');
      const both = mapPlayers(players, ({ params }, player) =>
        synchronized(treeAt(before, player), params, rate, due),
      );
      const fast = mapPlayers(players, ({ slots }, player) => ({
        params: both[player]?.fast as Tree<Tensor>,
        slots,
      }));
      const slow = mapPlayers(both, (of) => of.slow);
      return { players: fast, state: { slow, ...(after === undefined ? {} : { inner: after }) } };
    },
  };
}
