import { mapTree, type Optimizer, zipTrees } from '@ganymede/core';
import { filled, type Tensor, where } from '@ganymede/tensor';
import { requireCount } from '../layers/argument.js';
import type { Average } from '../ema.js';
import { treeAt } from '../variables.js';
import { countedAs } from './counted-as.js';
import { everyNth } from './every-nth.js';

/**
 * Gradient accumulation: adds up `count` gradients, then gives their mean to the optimizer; between, parameters and the optimizer's slots
 * stay. A loss that is a mean over samples then learns as from one batch of `count` times the size, in the memory of one; layers that look
 * across the batch see the small ones. Schedules count updates, not gradients. Slots: `sum` per parameter, `inner` (the optimizer's).
 *
 * ```ts
 * import { accumulate, adam } from '@ganymede/nn';
 *
 * accumulate(adam({ rate: 1e-3 }), 4);
 * ```
 */
export function accumulate(optimizer: Optimizer, count: number): Optimizer {
  requireCount('accumulate', 'count', count);
  if (count === 1) return optimizer;
  return {
    init(params) {
      const inner = optimizer.init(params);
      const sum = mapTree(params, (p) => filled(p.shape, 0));
      return Object.keys(inner).length === 0 ? { sum } : { sum, inner };
    },
    update(gradients, slots, params, ctx) {
      const due = everyNth(ctx, 'apply', count);
      const sum = zipTrees<[Tensor, Tensor], Tensor>([treeAt(slots, 'sum'), gradients], ([s, g]) => s.add(g));
      const mean = mapTree(sum, (s) => s.div(count));
      const before = treeAt(slots, 'inner');
      const { updates, slots: after } = optimizer.update(
        mean,
        before,
        params,
        countedAs(ctx, (call) => Math.floor(call / count)),
      );
      const inner = zipTrees<[Tensor, Tensor], Tensor>([after, before], ([a, b]) => where(due, a, b));
      return {
        updates: mapTree(updates, (u) => where(due, u, 0)),
        slots: {
          sum: mapTree(sum, (s) => where(due, 0, s)),
          ...(Object.keys(inner).length === 0 ? {} : { inner }),
        },
      };
    },
  };
}

/** An average of parameters that {@link accumulate} moves: it follows each update, not the calls between. */
export function averageOfAccumulated(average: Average, count: number): Average {
  if (count === 1) return average;
  return {
    init: average.init,
    update(before, params, ctx) {
      const after = average.update(
        before,
        params,
        countedAs(ctx, (call) => Math.floor(call / count)),
      );
      const due = everyNth(ctx, 'apply', count);
      return zipTrees<[Tensor, Tensor], Tensor>([after, before], ([a, b]) => where(due, a, b));
    },
  };
}
