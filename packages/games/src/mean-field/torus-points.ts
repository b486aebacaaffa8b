import { type Value, valueOf } from '@ganymede/tensor';

/** The fractional powers of a Kronecker sequence: of the root of x^(d+1) = x + 1 (the golden ratio for d = 1). */
function steps(dimension: number): readonly number[] {
  let root = 2;
  for (let i = 0; i < 60; i++) root = (1 + root) ** (1 / (dimension + 1));
  return Array.from({ length: dimension }, (_, i) => root ** -(i + 1));
}

/** `count` points spread evenly over the torus [0, 1)^d, `[count, d]`: equally spaced for d = 1, else a Kronecker sequence. */
export function spreadPoints(dimension: number, count: number): Value {
  const along = dimension === 1 ? [1 / count] : steps(dimension);
  return valueOf(
    Array.from({ length: count }, (_, i) => along.map((step) => (0.5 * along[0]! + i * step) % 1)).flat(),
    [count, dimension],
  );
}

/**
 * At most `limit` points of equal weight for means over the torus: a grid where at least 6 points fit on an axis (exact to many digits for
 * smooth periodic functions), else a Kronecker sequence.
 */
export function quadraturePoints(dimension: number, limit = 4096): Value {
  const side = Math.min(Math.floor(limit ** (1 / dimension) + 1e-9), 512);
  if (side < 6 || dimension === 1) return spreadPoints(dimension, dimension === 1 ? side : limit);
  const count = side ** dimension;
  return valueOf(
    Array.from({ length: count }, (_, i) =>
      Array.from({ length: dimension }, (_, axis) => ((Math.floor(i / side ** axis) % side) + 0.5) / side),
    ).flat(),
    [count, dimension],
  );
}
