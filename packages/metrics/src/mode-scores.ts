import { GanymedeError } from '@ganymede/tensor';

/** A mixture of equal, round normal distributions in the plane. */
export interface Mixture {
  readonly centres: readonly (readonly [number, number])[];
  /** Standard deviation of each along each axis. */
  readonly std: number;
}

/** VEEGAN's ring: 8 modes on the unit circle, covariance 0.0001 I (Srivastava et al. 2017; PacGAN, Lin et al. 2018). */
export const ringMixture: Mixture = {
  centres: Array.from(
    { length: 8 },
    (_, i) => [Math.cos((i * Math.PI) / 4), Math.sin((i * Math.PI) / 4)] as const,
  ),
  std: 0.01,
};

/** VEEGAN's grid: 25 modes at -4, -2, 0, 2, 4 squared, covariance 0.0025 I. */
export const gridMixture: Mixture = {
  centres: Array.from({ length: 25 }, (_, i) => [2 * Math.floor(i / 5) - 4, 2 * (i % 5) - 4] as const),
  std: 0.05,
};

/** How well points cover a mixture. */
export interface ModeScores {
  /** Modes that own at least one high-quality point. */
  readonly captured: number;
  /** Share of points within 3 standard deviations of their nearest centre; of the mixture itself 1 - e^(-9/2) = 0.98889. */
  readonly highQuality: number;
  /** High-quality points per mode. */
  readonly perMode: readonly number[];
}

/**
 * Modes captured and high-quality share (protocol of VEEGAN and PacGAN, over 2500 points): a point belongs to its nearest
 * centre, is of high quality within 3 standard deviations of it (distance, not per axis), and a mode counts as captured when it
 * owns at least one such point.
 *
 * `points` is row-major `[count, 2]`. A point that is not finite belongs to no mode.
 * Throws `GANYMEDE_FEATURE_SIZE` for an odd count of numbers or none.
 */
export function modeScores(points: ArrayLike<number>, { centres, std }: Mixture): ModeScores {
  if (points.length === 0 || points.length % 2 !== 0) {
    throw new GanymedeError('GANYMEDE_FEATURE_SIZE', {
      message: `expected points of 2 numbers each, got ${points.length} numbers`,
    });
  }
  const count = points.length / 2;
  const perMode = new Array<number>(centres.length).fill(0);
  for (let i = 0; i < count; i++) {
    let nearest = -1;
    let distance = Number.POSITIVE_INFINITY;
    centres.forEach(([x, y], mode) => {
      const d = Math.hypot((points[2 * i] as number) - x, (points[2 * i + 1] as number) - y);
      if (d < distance) [nearest, distance] = [mode, d];
    });
    if (distance <= 3 * std) perMode[nearest]! += 1;
  }
  return {
    captured: perMode.filter((n) => n > 0).length,
    highQuality: perMode.reduce((sum, n) => sum + n, 0) / count,
    perMode,
  };
}
