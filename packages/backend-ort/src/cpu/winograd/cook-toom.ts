/** Row by row. */
export type Matrix = readonly (readonly number[])[];

/**
 * `outputs` neighbouring results of a filter of `taps` along one axis out of `outputs + taps - 1` products instead of
 * `outputs * taps`: `y = output [(filter g) ∘ (input d)]`.
 */
export interface CookToom {
  /** `[outputs, products]` */
  readonly output: Matrix;
  /** `[products, taps]` */
  readonly filter: Matrix;
  /** `[products, products]` */
  readonly input: Matrix;
}

/** Products along one axis. More would save more and lose more bits. */
export const PRODUCTS = 6;

/** Points beside infinity. Each with its inverse, they lose fewer bits than 0, ±1, ±2. */
const POINTS = [0, 2 / 3, -2 / 3, 3 / 2, -3 / 2] as const;

/**
 * The algorithm of Cook and Toom, which Winograd showed to take the fewest products: polynomials are multiplied by their
 * values at points, infinity among them, and transposed into a correlation (Lavin and Gray 2016, "Fast algorithms for
 * convolutional neural networks"; on points Barabasz et al. 2020, "Error analysis and improving the accuracy of Winograd
 * convolution"). For a filter of `taps` it gives `PRODUCTS + 1 - taps` results.
 */
export function cookToom(taps: number): CookToom {
  const others = POINTS.map((x) => POINTS.filter((other) => other !== x));
  const powers = (count: number): number[][] => [
    ...POINTS.map((x) => Array.from({ length: count }, (_, i) => x ** i)),
    Array.from({ length: count }, (_, i) => (i === count - 1 ? 1 : 0)),
  ];
  const scales = POINTS.map((x, i) => (others[i] ?? []).reduce<number>((n, other) => n * (x - other), 1));
  return {
    output: turned(powers(PRODUCTS + 1 - taps)),
    filter: powers(taps).map((row, i) => row.map((x) => x / (scales[i] ?? 1))),
    input: [...others.map((roots) => [...polynomial(roots), 0]), polynomial(POINTS)],
  };
}

/** Coefficients, the constant one first, of the monic polynomial with these roots. */
function polynomial(roots: readonly number[]): number[] {
  return roots.reduce<number[]>(
    (p, root) => Array.from({ length: p.length + 1 }, (_, i) => (p[i - 1] ?? 0) - root * (p[i] ?? 0)),
    [1],
  );
}

/** The transpose. */
export const turned = (x: Matrix): Matrix =>
  (x[0] ?? []).map((_, column) => x.map((row) => row[column] as number));

/** The Kronecker product with itself: a transform along both axes at once. */
export const alongBoth = (x: Matrix): Matrix =>
  x.flatMap((a) => x.map((b) => a.flatMap((p) => b.map((q) => p * q))));
