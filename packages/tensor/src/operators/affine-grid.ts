import { GanymedeError } from '../error.js';
import { site } from '../scope.js';
import { formatShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { valueOf } from '../value.js';
import { cast } from './cast.js';
import { constant } from './constant.js';
import { matmul } from './matmul.js';
import { reshape } from './reshape.js';
import { transpose } from './transpose.js';

/** Options of {@link affineGrid}. */
export interface AffineGridOptions {
  /** Whether -1 and 1 are the centres of the border pixels, or their outer edges: as for `gridSample`. @defaultValue false */
  readonly alignCorners?: boolean;
}

/** Coordinates of the pixels of an axis, from -1 to 1. */
const coordinates = (size: number, alignCorners: boolean): number[] =>
  Array.from({ length: size }, (_, i) =>
    alignCorners ? (size === 1 ? 0 : (2 * i) / (size - 1) - 1) : (2 * i + 1) / size - 1,
  );

/**
 * Where each pixel of an image of the given height and width comes from under affine maps `[N, 2, 3]`: a grid `[N, H, W, 2]` for
 * `gridSample` (Jaderberg et al. 2015, equation 1).
 *
 * `theta` maps (x, y, 1) of the new image to (x, y) of the old one, both from -1 to 1 (`GANYMEDE_SHAPE`). Composite: one matrix product.
 */
export function affineGrid(
  theta: Tensor,
  [height, width]: readonly [number, number],
  { alignCorners = false }: AffineGridOptions = {},
): Tensor {
  if (theta.rank !== 3 || theta.shape[1] !== 2 || theta.shape[2] !== 3) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site('affineGrid')}: ${formatShape(theta.shape)} holds no affine maps of the plane`,
      hint: 'theta is [N, 2, 3]',
    });
  }
  const across = coordinates(width, alignCorners);
  const points = coordinates(height, alignCorners).flatMap((y) => across.flatMap((x) => [x, y, 1]));
  const base = cast(constant(valueOf(points, [height * width, 3], 'float64')), theta.dtype);
  return reshape(matmul(base, transpose(theta, [0, 2, 1])), [theta.shape[0] ?? 1, height, width, 2]);
}
