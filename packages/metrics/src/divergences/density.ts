/** A density on the line, by its logarithm: -Infinity where it is 0. */
export interface Density {
  readonly log: (x: number) => number;
  /** Outside of which it holds next to nothing (below 1e-16) of its mass. */
  readonly support: readonly [low: number, high: number];
}

/** The density of N(mean, std²). */
export const gaussianDensity = (mean: number, std: number): Density => ({
  log: (x) => -(((x - mean) / std) ** 2) / 2 - Math.log(std * Math.sqrt(2 * Math.PI)),
  support: [mean - 9 * std, mean + 9 * std],
});

/** The density that is constant on [low, high] and 0 elsewhere. */
export const uniformDensity = (low: number, high: number): Density => ({
  log: (x) => (x >= low && x <= high ? -Math.log(high - low) : Number.NEGATIVE_INFINITY),
  support: [low, high],
});

/** Densities in shares that sum to 1. */
export const mixtureDensity = (
  parts: readonly { readonly share: number; readonly density: Density }[],
): Density => ({
  log(x) {
    const logs = parts.map(({ share, density }) => Math.log(share) + density.log(x));
    const top = Math.max(...logs);
    return top === Number.NEGATIVE_INFINITY
      ? top
      : top + Math.log(logs.reduce((sum, l) => sum + Math.exp(l - top), 0));
  },
  support: [
    Math.min(...parts.map(({ density }) => density.support[0])),
    Math.max(...parts.map(({ density }) => density.support[1])),
  ],
});
