/** A density on the line. */
export type Density = (x: number) => number;

/** Places and Simpson weights on [low, high]: Σ wᵢ f(xᵢ) ≈ ∫ f. `count` is even. */
export function grid(
  low: number,
  high: number,
  count: number,
): { readonly x: number[]; readonly w: number[] } {
  const h = (high - low) / count;
  const places = Array.from({ length: count + 1 }, (_, i) => i);
  return {
    x: places.map((i) => low + i * h),
    w: places.map((i) => ((i === 0 || i === count ? 1 : i % 2 === 1 ? 4 : 2) * h) / 3),
  };
}

/** ∫ f over [low, high]. */
export function integral(f: (x: number) => number, low = -25, high = 25, count = 10_000): number {
  const { x, w } = grid(low, high, count);
  return x.reduce((sum, place, i) => sum + (w[i] as number) * f(place), 0);
}

/** The density of N(mean, std²). */
export const gaussian =
  (mean: number, std: number): Density =>
  (x) =>
    Math.exp(-(((x - mean) / std) ** 2) / 2) / (std * Math.sqrt(2 * Math.PI));

/** Half of N(−2, 0.3²) and half of N(2, 0.3²). */
export const twoModes: Density = (x) => (gaussian(-2, 0.3)(x) + gaussian(2, 0.3)(x)) / 2;
