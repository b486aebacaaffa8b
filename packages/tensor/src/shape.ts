import { GanymedeError } from './error.js';

/**
 * One dimension: a number, or the name of a size known only when the graph runs, such as `N` for the batch.
 * Names can be multiplied by numbers where dimensions are merged: `'N*49'` is a legal name, equal only to itself.
 */
export type Dim = number | string;
/** Dimensions in order, outermost first; none for a scalar. */
export type Shape = readonly Dim[];

/** `[N, 100]`, as messages print a shape. */
export const formatShape = (shape: Shape): string => `[${shape.join(', ')}]`;

/** Whether every dimension is a number. */
export const isStatic = (shape: Shape): shape is readonly number[] =>
  shape.every((d) => typeof d === 'number');

/** Whether two shapes have the same dimensions, by number or by name. */
export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((d, i) => d === b[i]);

/** Number of elements of a shape without named dimensions. Throws `GANYMEDE_NAMED_DIMENSION` otherwise. */
export function sizeOf(shape: Shape): number {
  if (!isStatic(shape)) {
    throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
      message: `the size of ${formatShape(shape)} is not known while the graph is built`,
      hint: 'build this program at fixed sizes (training steps are), or avoid operators that need the count',
    });
  }
  return shape.reduce((product, d) => product * d, 1);
}

/** A dimension as a number times names: `'N*49'` is `{ factor: 49, names: ['N'] }`. Names are sorted. */
export function factorsOf(dim: Dim): { readonly factor: number; readonly names: readonly string[] } {
  if (typeof dim === 'number') return { factor: dim, names: [] };
  let factor = 1;
  const names: string[] = [];
  for (const part of dim.split('*')) {
    if (/^\d+$/.test(part)) factor *= Number(part);
    else names.push(part);
  }
  return { factor, names: names.sort() };
}

const fromFactors = (factor: number, names: readonly string[]): Dim => {
  if (names.length === 0 || factor === 0) return factor;
  return factor === 1 ? names.join('*') : `${names.join('*')}*${factor}`;
};

/** Product of dimensions, keeping names: `[N, 7, 7] -> 'N*49'`, `[N] -> 'N'`, `[2, 3] -> 6`. */
export function productOf(dims: Shape): Dim {
  let product = 1;
  const all: string[] = [];
  for (const d of dims) {
    const { factor, names } = factorsOf(d);
    product *= factor;
    all.push(...names);
  }
  return fromFactors(product, all.sort());
}

/** `dividend / divisor` where it is whole whatever the names stand for: `('N*49', 7) -> 'N*7'`; else undefined. */
export function quotientOf(dividend: Dim, divisor: Dim): Dim | undefined {
  const a = factorsOf(dividend);
  const b = factorsOf(divisor);
  if (b.factor === 0 || a.factor % b.factor !== 0) return undefined;
  const rest = [...a.names];
  for (const name of b.names) {
    const at = rest.indexOf(name);
    if (at < 0) return undefined;
    rest.splice(at, 1);
  }
  return fromFactors(a.factor / b.factor, rest);
}

/** Normalises a negative axis and refuses one outside the shape, or the rank (`GANYMEDE_AXIS`). */
export function normalizeAxis(axis: number, of: Shape | number, operator: string): number {
  const rank = typeof of === 'number' ? of : of.length;
  const normalized = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || normalized < 0 || normalized >= Math.max(rank, 1)) {
    throw new GanymedeError('GANYMEDE_AXIS', {
      message: `${operator}: axis ${axis} does not exist in ${typeof of === 'number' ? `a tensor of rank ${rank}` : formatShape(of)}`,
      hint: rank === 0 ? 'a scalar has no axes' : `use an axis from ${-rank} to ${rank - 1}`,
    });
  }
  return normalized;
}

/** All axes when `axes` is undefined; otherwise each normalised, sorted, without repeats. */
export function normalizeAxes(
  axes: number | readonly number[] | undefined,
  of: Shape | number,
  operator: string,
): readonly number[] {
  if (axes === undefined) return Array.from({ length: typeof of === 'number' ? of : of.length }, (_, i) => i);
  const list = typeof axes === 'number' ? [axes] : axes;
  return [...new Set(list.map((axis) => normalizeAxis(axis, of, operator)))].sort((a, b) => a - b);
}

/** The shape two operands broadcast to under NumPy's (and ONNX's) rule. Throws `GANYMEDE_SHAPE`. */
export function broadcastShapes(a: Shape, b: Shape, operator: string): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[a.length - rank + i] ?? 1;
    const y = b[b.length - rank + i] ?? 1;
    if (x === y || y === 1) return x;
    if (x === 1) return y;
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${operator}: shapes ${formatShape(a)} and ${formatShape(b)} do not broadcast (${x} against ${y})`,
      hint: 'dimensions are aligned from the right; each pair must be equal or one of them 1',
    });
  });
}
