import { GanymedeError } from '@ganymede/core';
import type { GamePoint } from './game-point.js';

/** Options of {@link recurrence}. */
export interface RecurrenceOptions {
  /** How close, as a share of the orbit's size, a return must come, and how much the size may change per turn. @defaultValue 0.01 */
  readonly tolerance?: number;
  /** Share of the path, from its end, that is looked at. @defaultValue 0.5 */
  readonly tail?: number;
}

/** What the end of a trajectory does. */
export interface Recurrence {
  /**
   * `rest`: it stands still. `cycle`: it comes back to where it was, again and again. `inwards`, `outwards`: it turns with a radius that
   * shrinks or grows, by less than about half in a turn; `undecided`: it does not turn within what was looked at.
   */
  readonly outcome: 'rest' | 'cycle' | 'inwards' | 'outwards' | 'undecided';
  /** Steps of one turn, not rounded; NaN where it does not turn. */
  readonly period: number;
  /** Mean distance from the centre over the last turn. */
  readonly radius: number;
  /** Mean of the points of the last turn. */
  readonly centre: GamePoint;
  /** By what the radius is multiplied in one turn; NaN where there are not two turns. */
  readonly growth: number;
}

const distance = (a: GamePoint, b: GamePoint): number =>
  Math.sqrt(a.reduce((sum, x, i) => sum + (x - (b[i] as number)) ** 2, 0));

const centreOf = (points: readonly GamePoint[]): number[] =>
  (points[0] ?? []).map((_, i) => points.reduce((sum, p) => sum + (p[i] as number), 0) / points.length);

const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;

/**
 * Finds limit cycles by recurrence: from the last point back, the path leaves its neighbourhood and comes near again; the time of the
 * closest return is the period (between two steps, by projection onto the path). The radius of the last turn against that of the turn
 * before says whether it is a cycle or a spiral. Throws GANYMEDE_BAD_GAME on fewer than 4 points.
 */
export function recurrence(
  path: readonly GamePoint[],
  { tolerance = 0.01, tail = 0.5 }: RecurrenceOptions = {},
): Recurrence {
  if (path.length < 4)
    throw new GanymedeError('GANYMEDE_BAD_GAME', {
      message: `a path of ${path.length} points is too short to turn`,
      hint: 'play more steps',
    });
  const seen = path.slice(-Math.max(4, Math.ceil(path.length * tail)));
  const last = seen.at(-1) as GamePoint;
  const back = seen.map((_, k) => distance(last, seen[seen.length - 1 - k] as GamePoint));
  const reach = Math.max(...back);
  const scale = Math.max(...path.map((p) => distance(p, last)), Math.hypot(...last));
  const none = { period: Number.NaN, growth: Number.NaN };
  if (reach <= 1e-9 * Math.max(scale, Number.MIN_VALUE))
    return { outcome: 'rest', ...none, radius: 0, centre: last };
  const turn = firstReturn(back);
  const around = (from: number, steps: number) => {
    const points = path.slice(Math.max(0, path.length - 1 - from - steps), path.length - from);
    const centre = centreOf(points.slice(1));
    return { centre, radius: mean(points.slice(1).map((p) => distance(p, centre))) };
  };
  if (turn === undefined) return { outcome: 'undecided', ...none, ...around(0, seen.length - 1) };
  const period = turn + fraction(path, path.length - 1 - turn);
  const { centre, radius } = around(0, turn);
  const before = path.length > 2 * turn ? around(turn, turn).radius : Number.NaN;
  const growth = radius / before;
  const closes =
    (back[turn] as number) <= Math.max(tolerance * 2 * radius, stepAt(path, path.length - 1 - turn));
  const outcome = Number.isNaN(growth)
    ? 'undecided'
    : Math.abs(growth - 1) <= tolerance && closes
      ? 'cycle'
      : growth > 1
        ? 'outwards'
        : 'inwards';
  return { outcome, period, radius, centre, growth };
}

/** How many steps ago the path was closest, after it had left for more than half of its first excursion's reach. */
function firstReturn(back: readonly number[]): number | undefined {
  let peak = 0;
  let far = 0;
  for (let k = 1; k < back.length; k++) {
    const d = back[k] as number;
    if (d > far) [far, peak] = [d, k];
    if (d >= far / 2) continue;
    // On the way back: go on to the closest point of this approach.
    let closest = k;
    for (let i = k; i < back.length && (back[i] as number) < far / 2; i++)
      if ((back[i] as number) < (back[closest] as number)) closest = i;
    return closest < back.length - 1 && closest > peak ? closest : undefined;
  }
  return undefined;
}

/** Length of the step that arrives at point i. */
const stepAt = (path: readonly GamePoint[], i: number): number =>
  distance(path[Math.max(0, i)] as GamePoint, path[Math.max(0, i - 1)] as GamePoint);

/** By which part of a step the last point lies before (positive) or after the point at `i`, along the path there. */
function fraction(path: readonly GamePoint[], i: number): number {
  const [before, at, after] = [path[i - 1], path[i], path[i + 1]];
  const last = path.at(-1) as GamePoint;
  if (before === undefined || at === undefined || after === undefined) return 0;
  const along = after.map((x, k) => (x - (before[k] as number)) / 2);
  const length = along.reduce((sum, x) => sum + x * x, 0);
  if (length === 0) return 0;
  // The point that the last one falls on is `shift` steps later than i, so that the turn took that much less.
  const shift = last.reduce((sum, x, k) => sum + (x - (at[k] as number)) * (along[k] as number), 0) / length;
  return Math.max(-1, Math.min(1, -shift));
}
