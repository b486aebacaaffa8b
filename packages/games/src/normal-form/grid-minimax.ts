/** What the two orders of moves come to on a grid. */
export interface GridMinimax {
  /** min over x of max over y: x is chosen first, y knowing it. */
  readonly minimax: { readonly value: number; readonly x: number; readonly y: number };
  /** max over y of min over x: y is chosen first. Never above minimax. */
  readonly maximin: { readonly value: number; readonly x: number; readonly y: number };
  /** minimax - maximin: 0 exactly where the grid has a saddle point. */
  readonly gap: number;
}

/** `count` numbers from `low` to `high`, both included. */
export const gridPoints = (low: number, high: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / Math.max(1, count - 1));

/**
 * Minimax and maximin of f over a grid, by looking at every point. They differ where f is not convex in x and concave in y: then the order
 * in which a generator and a discriminator move decides what is learned (Goodfellow et al. 2014, section 5.1.1 of the 2016 tutorial).
 */
export function gridMinimax(
  f: (x: number, y: number) => number,
  xs: readonly number[],
  ys: readonly number[],
): GridMinimax {
  const best = (
    outer: readonly number[],
    inner: readonly number[],
    at: (o: number, i: number) => number,
    sign: 1 | -1,
  ) => {
    let result = { value: sign * Number.POSITIVE_INFINITY, outer: Number.NaN, inner: Number.NaN };
    for (const o of outer) {
      let reply = { value: -sign * Number.POSITIVE_INFINITY, outer: o, inner: Number.NaN };
      for (const i of inner) {
        const value = at(o, i);
        if (sign * (value - reply.value) > 0) reply = { value, outer: o, inner: i };
      }
      if (sign * (result.value - reply.value) > 0) result = reply;
    }
    return result;
  };
  const low = best(xs, ys, f, 1);
  const high = best(ys, xs, (y, x) => f(x, y), -1);
  return {
    minimax: { value: low.value, x: low.outer, y: low.inner },
    maximin: { value: high.value, x: high.inner, y: high.outer },
    gap: low.value - high.value,
  };
}
