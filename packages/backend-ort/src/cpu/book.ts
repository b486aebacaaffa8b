import type { Graph, Tensor } from '@ganymede/tensor';
import { laid, type Laid, type Order, rearranged } from './layout.js';

/** What each tensor of the original graph has become, and how often it is used there. */
export interface Book {
  laidOut(original: Tensor): Laid;
  /** The new tensor, lying in memory under `order` (default: as the axes are counted). Made once per order. */
  get(original: Tensor, order?: Order): Tensor;
  set(original: Tensor, result: Laid): void;
  uses(original: Tensor): number;
}

export function createBook({ nodes, outputs }: Graph): Book {
  const results = new Map<Tensor, Laid>();
  const views = new Map<Tensor, Map<string, Tensor>>();
  const counts = new Map<Tensor, number>();
  const count = (x: Tensor) => counts.set(x, (counts.get(x) ?? 0) + 1);
  for (const node of nodes) node.inputs.forEach(count);
  Object.values(outputs).forEach(count);
  const laidOut = (original: Tensor): Laid => results.get(original) as Laid;
  return {
    laidOut,
    get(original, order) {
      const wanted = laid(original, order).order;
      const seen = views.get(original) ?? new Map<string, Tensor>();
      views.set(original, seen);
      const key = String(wanted);
      const result = seen.get(key) ?? rearranged(laidOut(original), wanted);
      seen.set(key, result);
      return result;
    },
    set: (original, result) => void results.set(original, result),
    uses: (original) => counts.get(original) ?? 0,
  };
}
