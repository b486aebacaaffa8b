import type { SkeletonStroke } from './glyph-skeletons.js';

/** A flat list x0, y0, x1, y1, … */
export type Path = readonly number[];

const piecesPerSpan = 5;

/** Catmull-Rom: the point at `t` in [0, 1] between `b` and `c`, with neighbours `a` and `d`. */
const spline = (a: number, b: number, c: number, d: number, t: number): number =>
  b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));

/** Appends the points of a smooth curve through `points[from..to]`, both ends included. */
function appendSmooth(
  path: number[],
  points: readonly (readonly [number, number])[],
  from: number,
  to: number,
): void {
  const at = (i: number): readonly [number, number] =>
    points[Math.min(Math.max(i, from), to)] as [number, number];
  for (let i = from; i < to; i++) {
    for (let k = i === from && path.length === 0 ? 0 : 1; k <= piecesPerSpan; k++) {
      const t = k / piecesPerSpan;
      path.push(
        spline(at(i - 1)[0], at(i)[0], at(i + 1)[0], at(i + 2)[0], t),
        spline(at(i - 1)[1], at(i)[1], at(i + 1)[1], at(i + 2)[1], t),
      );
    }
  }
}

/**
 * The polyline of a stroke: a Catmull-Rom curve through its points, each first moved by `move`, sharp at corners.
 */
export function strokePath(
  stroke: SkeletonStroke,
  move: (x: number, y: number) => readonly [number, number],
): Path {
  const points = stroke.map(([x, y]) => move(x, y));
  const path: number[] = [];
  let from = 0;
  for (let i = 1; i < stroke.length; i++) {
    if (i === stroke.length - 1 || stroke[i]?.[2] === 'corner') {
      appendSmooth(path, points, from, i);
      from = i;
    }
  }
  return path;
}
