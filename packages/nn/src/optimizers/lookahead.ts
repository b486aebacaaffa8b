import { mapTree, type Optimizer, type Tree, zipTrees } from '@ganymede/core';
import { GanymedeError, type Tensor, type Value, where } from '@ganymede/tensor';
import { requireCount } from '../layers/argument.js';
import { treeAt } from '../variables.js';
import { everyNth } from './every-nth.js';

/** Options of {@link lookahead} and {@link jointLookahead}. */
export interface LookaheadOptions {
  /** Updates of the fast parameters between two of the slow ones; at least 1. @defaultValue 5 */
  readonly every?: number;
  /** Share of the way to the fast parameters that the slow ones go, in (0, 1]. @defaultValue 0.5 */
  readonly rate?: number;
}

/** A tree of values with memory of its own. */
export const copied = (tree: Tree<Value>): Tree<Value> =>
  mapTree(tree, (v): Value => ({ ...v, data: v.data.slice() as Value['data'] }));

/** Slow parameters, and what the fast ones become, after the fast ones became `fast`. */
export function synchronized(
  slow: Tree<Tensor>,
  fast: Tree<Tensor>,
  rate: number,
  due: Tensor,
): { readonly slow: Tree<Tensor>; readonly fast: Tree<Tensor> } {
  const moved = zipTrees<[Tensor, Tensor], Tensor>([slow, fast], ([s, f]) => s.add(f.sub(s).mul(rate)));
  const whenDue = (then: Tree<Tensor>, otherwise: Tree<Tensor>) =>
    zipTrees<[Tensor, Tensor], Tensor>([then, otherwise], ([a, b]) => where(due, a, b));
  return { slow: whenDue(moved, slow), fast: whenDue(moved, fast) };
}

/** Throws `GANYMEDE_OPTION` for options that are not what {@link LookaheadOptions} says. */
export function requireLookahead(
  of: string,
  { every = 5, rate = 0.5 }: LookaheadOptions,
): Required<LookaheadOptions> {
  requireCount(of, 'every', every);
  if (rate > 0 && rate <= 1) return { every, rate };
  throw new GanymedeError('GANYMEDE_OPTION', {
    message: `${of}: rate must be above 0 and at most 1, received ${rate}`,
    hint: 'it is the share of the way to the fast parameters, 0.5 in most papers',
    data: { option: 'rate' },
  });
}

/**
 * Lookahead (Zhang et al. 2019, algorithm 1): the optimizer moves fast parameters; after every k updates the slow ones go the share α of
 * the way to them, and the fast ones start from there. For one network by itself; {@link jointLookahead} is for both players at once.
 * Slots: `fast` (the optimizer's) and `slow` per parameter.
 *
 * ```ts
 * import { adam, lookahead } from '@ganymede/nn';
 *
 * lookahead(adam({ rate: 1e-3 }), { every: 5, rate: 0.5 });
 * lookahead(adam(), { rate: 2 }); // throws GANYMEDE_OPTION
 * ```
 */
export function lookahead(optimizer: Optimizer, options: LookaheadOptions = {}): Optimizer {
  const { every, rate } = requireLookahead('lookahead', options);
  return {
    init(params) {
      const fast = optimizer.init(params);
      return { ...(Object.keys(fast).length === 0 ? {} : { fast }), slow: copied(params) };
    },
    update(gradients, slots, params, ctx) {
      const inner = optimizer.update(gradients, treeAt(slots, 'fast'), params, ctx);
      const fast = zipTrees<[Tensor, Tensor], Tensor>([params, inner.updates], ([p, u]) => p.add(u));
      const due = everyNth(ctx, 'synchronize', every);
      const next = synchronized(treeAt(slots, 'slow'), fast, rate, due);
      return {
        updates: zipTrees<[Tensor, Tensor, Tensor], Tensor>(
          [next.fast, params, inner.updates],
          // Between two synchronizations the update is the optimizer's own, to the bit.
          ([f, p, u]) => where(due, f.sub(p), u),
        ),
        slots: { ...(Object.keys(inner.slots).length === 0 ? {} : { fast: inner.slots }), slow: next.slow },
      };
    },
  };
}
