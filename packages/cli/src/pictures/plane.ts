/** A square part of the plane, and the picture it is drawn into. */
export interface Plane {
  readonly low: readonly [x: number, y: number];
  /** Width and height, in the units of the data. */
  readonly side: number;
  /** Width and height of the picture, in pixels. */
  readonly pixels: number;
  /** Where a point is drawn, y downwards. */
  at(x: number, y: number): readonly [x: number, y: number];
  /** The middles of `n` by `n` cells, row by row from the top, two numbers each. */
  cells(n: number): Float32Array;
}

/** The square about all points (two numbers each), with a margin of a fifth of its side. */
export function planeAround(points: ArrayLike<number>, pixels = 440): Plane {
  const spanOf = (axis: number): readonly [number, number] => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = axis; i < points.length; i += 2) {
      low = Math.min(low, points[i] as number);
      high = Math.max(high, points[i] as number);
    }
    return [low, high];
  };
  const spans = [spanOf(0), spanOf(1)] as const;
  const side = 1.4 * (Math.max(...spans.map(([low, high]) => high - low)) || 1);
  const low = spans.map(([a, b]) => (a + b - side) / 2) as [number, number];
  return {
    low,
    side,
    pixels,
    at: (x, y) => [((x - low[0]) / side) * pixels, (1 - (y - low[1]) / side) * pixels],
    cells: (n) =>
      Float32Array.from({ length: 2 * n * n }, (_, k) => {
        const cell = k >> 1;
        return k % 2 === 0
          ? low[0] + (((cell % n) + 0.5) / n) * side
          : low[1] + (1 - (Math.floor(cell / n) + 0.5) / n) * side;
      }),
  };
}
