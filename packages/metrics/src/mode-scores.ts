import { GanymedeError } from '@ganymede/tensor';

/** A mixture of equal, round normal distributions in the plane. */
export interface Mixture {
  readonly centres: readonly (readonly [number, number])[];
  /** Standard deviation of each along each axis. */
  readonly std: number;
}

/** How well points cover a mixture. */
export interface ModeScores {
  /** Modes that own at least one high-quality point. */
  readonly captured: number;
  /** Share of points within 3 standard deviations of their nearest centre; of the mixture itself 1 - e^(-9/2) = 0.98889. */
  readonly highQuality: number;
  /** High-quality points per mode. */
  readonly perMode: readonly number[];
  /**
   * KL of the shares of the modes among high-quality points from equal shares, in nats: 0 for all modes equally often, log of their
   * number for one mode alone; undefined without any high-quality point.
   */
  readonly reverseKl: number | undefined;
}

/**
 * Modes captured and high-quality share (protocol of VEEGAN and PacGAN, over 2500 points): a point belongs to its nearest
 * centre, is of high quality within 3 standard deviations of it (distance, not per axis), and a mode counts as captured when it
 * owns at least one such point. Reverse KL compares the histogram of these points over the modes with equal shares (PacGAN): sampling
 * alone makes it (modes - 1) / (2 points), 0.0048 for 25 modes and 2500 points.
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
  const good = perMode.reduce((sum, n) => sum + n, 0);
  const partOf = (n: number): number => (n === 0 ? 0 : (n / good) * Math.log((n / good) * centres.length));
  return {
    captured: perMode.filter((n) => n > 0).length,
    highQuality: good / count,
    perMode,
    reverseKl: good === 0 ? undefined : perMode.reduce((sum, n) => sum + partOf(n), 0),
  };
}
