import { GanymedeError, type Value } from '@ganymede/tensor';
import { requireRows, type Rows, twoRows } from '../compute/rows.js';
import type { Divergences } from './divergences.js';

/** Options of {@link histogramDivergences}. */
export interface HistogramOptions {
  /** Cells along each axis. @defaultValue 16 */
  readonly bins?: number;
}

/** Divergences of two histograms, and how sure they are. */
export interface HistogramDivergences extends Omit<Divergences, 'w1'> {
  /** Cells that hold anything. */
  readonly cells: number;
  /** What `js` is on average for two samples of one law: (cells − 1) / 8 · (1/n + 1/m). */
  readonly jsBias: number;
}

/**
 * KL, JS and TV of two samples on the line or in the plane, of their histograms over one grid. `a` and `b` are rows `[count, 1]` or
 * `[count, 2]`; the grid spans both.
 *
 * Two errors work against each other. What happens within a cell is not seen, so each is at most what it is for the laws; and few samples
 * per cell make them larger, JS by about `jsBias`. KL is infinite as soon as a cell holds samples of one set only.
 *
 * @throws `GANYMEDE_FEATURE_SIZE` for other than 1 or 2 columns, `GANYMEDE_TOO_FEW_SAMPLES`, `GANYMEDE_OPTION`
 */
export function histogramDivergences(
  a: Value,
  b: Value,
  { bins = 16 }: HistogramOptions = {},
): HistogramDivergences {
  const [x, y] = twoRows(a, b);
  requireRows('a histogram', 1, x, y);
  if (!Number.isInteger(bins) || bins < 1) {
    throw new GanymedeError('GANYMEDE_OPTION', {
      message: `histogramDivergences: expected bins to be a whole number from 1 on, got ${bins}`,
    });
  }
  if (x.size > 2) {
    throw new GanymedeError('GANYMEDE_FEATURE_SIZE', {
      message: `histograms are of 1 or 2 columns, got ${x.size}`,
      hint: 'in more dimensions nearly every cell is empty: use nearestNeighbourKl or a Wasserstein distance',
    });
  }
  const cellOf = gridOver([x, y], bins);
  const [p, q] = [x, y].map((rows) => shares(rows, cellOf)) as [Map<number, number>, Map<number, number>];
  const cells = new Set([...p.keys(), ...q.keys()]);
  const sums = { kl: 0, reverseKl: 0, js: 0, tv: 0 };
  for (const cell of cells) {
    const [s, t] = [p.get(cell) ?? 0, q.get(cell) ?? 0];
    const m = (s + t) / 2;
    sums.kl += part(s, t);
    sums.reverseKl += part(t, s);
    sums.js += (part(s, m) + part(t, m)) / 2;
    sums.tv += Math.abs(s - t) / 2;
  }
  return { ...sums, cells: cells.size, jsBias: ((cells.size - 1) / 8) * (1 / x.count + 1 / y.count) };
}

const part = (s: number, t: number): number => (s === 0 ? 0 : s * Math.log(s / t));

/** The cell of a row in a grid that spans all sets. */
function gridOver(sets: readonly Rows[], bins: number): (rows: Rows, i: number) => number {
  const size = sets[0]?.size ?? 1;
  const axes = Array.from({ length: size }, (_, k) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const { data, count } of sets) {
      for (let i = 0; i < count; i++) {
        const x = data[i * size + k] as number;
        low = Math.min(low, x);
        high = Math.max(high, x);
      }
    }
    return { low, step: (high - low) / bins || 1 };
  });
  return ({ data }, i) =>
    axes.reduce((cell, { low, step }, k) => {
      const at = Math.floor(((data[i * size + k] as number) - low) / step);
      return cell * bins + Math.min(at, bins - 1);
    }, 0);
}

function shares(rows: Rows, cellOf: (rows: Rows, i: number) => number): Map<number, number> {
  const held = new Map<number, number>();
  for (let i = 0; i < rows.count; i++) {
    const cell = cellOf(rows, i);
    held.set(cell, (held.get(cell) ?? 0) + 1 / rows.count);
  }
  return held;
}
