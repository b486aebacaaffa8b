import { GanymedeError, type Tensor } from '@ganymede/tensor';
import { alongBoth, bandMatrix, pairMeans, type SimilarityWindow } from './similarity-window.js';

/** Options of {@link structuralSimilarity}. */
export interface StructuralSimilarityOptions extends SimilarityWindow {
  /** Distance of white from black. @defaultValue 2, for images in [-1, 1] */
  readonly range?: number;
  /** Stabilizer of the means, times the range. @defaultValue 0.01 */
  readonly k1?: number;
  /** Stabilizer of the variances, times the range. @defaultValue 0.03 */
  readonly k2?: number;
}

/** Weights of the five scales, finest first (Wang, Simoncelli, Bovik 2003, section 3.2). */
export const scaleWeights: readonly number[] = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

/** The smallest side of an image that `scales` scales can be compared on. */
export const smallestSide = (scales: number, window = 11): number => window * 2 ** (scales - 1);

interface Compared {
  /** Luminance times contrast and structure, mean over the pixels: `[N, channels]`. */
  readonly similarity: Tensor;
  /** Contrast and structure only. */
  readonly structure: Tensor;
}

/** Sides of a batch of images. Throws `GANYMEDE_IMAGE_SIZE` for another rank, a named size, or sides below `least`. */
function sidesOf(x: Tensor, y: Tensor, least: number, what: string): readonly [number, number] {
  const [height, width] = [x.shape[2], x.shape[3]];
  const fits = typeof height === 'number' && typeof width === 'number' && Math.min(height, width) >= least;
  const same = x.rank === 4 && y.rank === 4 && [1, 2, 3].every((axis) => x.shape[axis] === y.shape[axis]);
  if (fits && same) return [height, width];
  throw new GanymedeError('GANYMEDE_IMAGE_SIZE', {
    message: `${what} needs two batches of images [N, channels, height, width] of one size, sides of at least ${least} pixels; got [${x.shape.join(', ')}] and [${y.shape.join(', ')}]`,
    hint:
      what === 'SSIM'
        ? 'use a smaller window, or larger images'
        : 'use fewer scales (scales: 1 is SSIM), a smaller window, or larger images; figures of other scales do not compare with published ones',
    data: { least },
  });
}

function compare(x: Tensor, y: Tensor, options: StructuralSimilarityOptions): Compared {
  const { range = 2, k1 = 0.01, k2 = 0.03 } = options;
  const [height, width] = [x.shape[2] as number, x.shape[3] as number];
  const rows = bandMatrix(height, options, x.dtype);
  const columns = bandMatrix(width, options, x.dtype);
  const mean = (t: Tensor): Tensor => alongBoth(rows, t, columns);
  const [mx, my] = [mean(x), mean(y)];
  const [c1, c2] = [(k1 * range) ** 2, (k2 * range) ** 2];
  const [mxx, myy, mxy] = [mx.mul(mx), my.mul(my), mx.mul(my)];
  const varianceX = mean(x.mul(x)).sub(mxx);
  const varianceY = mean(y.mul(y)).sub(myy);
  const covariance = mean(x.mul(y)).sub(mxy);
  const structure = covariance.mul(2).add(c2).div(varianceX.add(varianceY).add(c2));
  const luminance = mxy.mul(2).add(c1).div(mxx.add(myy).add(c1));
  return { similarity: luminance.mul(structure).mean([2, 3]), structure: structure.mean([2, 3]) };
}

/**
 * SSIM (Wang et al. 2004, eq. 13) of pairs of images, as a tensor program: `[N, channels, height, width]` twice, to `[N]`, 1 for
 * equal images. Gaussian window, population variances, mean over all places where the window fits and over the channels.
 * Differentiable, so that it serves as a loss, too. Throws `GANYMEDE_IMAGE_SIZE`.
 */
export function structuralSimilarity(
  x: Tensor,
  y: Tensor,
  options: StructuralSimilarityOptions = {},
): Tensor {
  sidesOf(x, y, options.window ?? 11, 'SSIM');
  return compare(x, y, options).similarity.mean([1]);
}

/** Options of {@link multiScaleSimilarity}. */
export interface MultiScaleSimilarityOptions extends StructuralSimilarityOptions {
  /** Scales, 1 to 5: the first of the five published weights, made to sum to 1 again. @defaultValue 5 */
  readonly scales?: number;
}

/**
 * MS-SSIM (Wang, Simoncelli, Bovik 2003, eq. 7) of pairs of images, as a tensor program: contrast and structure at each scale, luminance at
 * the last, each to the power of its weight; images are halved by means of 2 x 2 pixels. `[N, channels, height, width]` twice, to
 * `[N]`. A negative mean counts as 0. Sides of at least 176 pixels for five scales: `GANYMEDE_IMAGE_SIZE`.
 */
export function multiScaleSimilarity(
  x: Tensor,
  y: Tensor,
  options: MultiScaleSimilarityOptions = {},
): Tensor {
  const { scales = 5, window = 11 } = options;
  sidesOf(x, y, smallestSide(scales, window), `MS-SSIM of ${scales} scales`);
  const chosen = scaleWeights.slice(0, scales);
  // Five published weights sum to 1.0001 and stay as they are.
  const total = scales === 5 ? 1 : chosen.reduce((sum, w) => sum + w, 0);
  let [a, b] = [x, y];
  let result: Tensor | undefined;
  for (let scale = 0; scale < scales; scale++) {
    const { similarity, structure } = compare(a, b, options);
    const factor = (scale === scales - 1 ? similarity : structure).relu().pow(chosen[scale]! / total);
    result = result === undefined ? factor : result.mul(factor);
    if (scale === scales - 1) break;
    const [rows, columns] = [
      pairMeans(a.shape[2] as number, a.dtype),
      pairMeans(a.shape[3] as number, a.dtype),
    ];
    [a, b] = [alongBoth(rows, a, columns), alongBoth(rows, b, columns)];
  }
  return (result as Tensor).mean([1]);
}
