/** An array read by its indices: what closed forms of operators are written with. */
export interface Elements {
  readonly shape: readonly number[];
  (...index: readonly number[]): number;
}

/** An array computed from its indices. */
export function elements(shape: readonly number[], at: (...index: number[]) => number): Elements {
  return Object.assign((...index: readonly number[]) => at(...index), { shape });
}

/** A sum over `0 … n-1`. */
export function sigma(n: number, term: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += term(i);
  return total;
}

/** All indices of a shape, the last running fastest. */
export function indices(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (all, n) => all.flatMap((at) => Array.from({ length: n }, (_, i) => [...at, i])),
    [[]],
  );
}

/** Elements as plain numbers, row-major. */
export const flat = (x: Elements): number[] => indices(x.shape).map((index) => x(...index));
