import type { Rng } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';
import type { Rows } from '../compute/rows.js';
import type { PyramidLevel } from './laplacian-pyramid.js';

/** Side of a patch. */
export const patchSide = 7;

/**
 * `perImage` patches of 7 x 7 pixels at random places of each image, one a row `[channels, 7, 7]`. `first` counts the image among all of
 * the stream, so that places do not depend on batches. Throws `GANYMEDE_IMAGE_SIZE` where none fits.
 */
export function randomPatches(level: PyramidLevel, perImage: number, rng: Rng, first: number): Rows {
  const { data, count, channels, height, width } = level;
  if (Math.min(height, width) < patchSide) {
    throw new GanymedeError('GANYMEDE_IMAGE_SIZE', {
      message: `patches of ${patchSide} x ${patchSide} pixels do not fit in images of ${height} x ${width}`,
      hint: 'measure larger images',
    });
  }
  const size = channels * patchSide * patchSide;
  const out = new Float32Array(count * perImage * size);
  let at = 0;
  for (let image = 0; image < count; image++) {
    const places = rng.draw([2 * perImage], { kind: 'uniform' }, first + image).data as Float32Array;
    for (let patch = 0; patch < perImage; patch++) {
      const top = Math.floor(places[2 * patch]! * (height - patchSide + 1));
      const left = Math.floor(places[2 * patch + 1]! * (width - patchSide + 1));
      for (let channel = 0; channel < channels; channel++) {
        for (let y = 0; y < patchSide; y++) {
          const row = ((image * channels + channel) * height + top + y) * width + left;
          for (let x = 0; x < patchSide; x++) out[at++] = data[row + x]!;
        }
      }
    }
  }
  return { data: out, count: count * perImage, size };
}

/** Moves each channel of patches to mean 0 and standard deviation 1 over the set, in place. A constant channel becomes 0. */
export function standardizeChannels({ data, count, size }: Rows): void {
  const area = patchSide * patchSide;
  for (let channel = 0; channel < size / area; channel++) {
    const each = (use: (at: number) => void): void => {
      for (let row = 0; row < count; row++) {
        for (let i = 0, at = row * size + channel * area; i < area; i++, at++) use(at);
      }
    };
    let [sum, square] = [0, 0];
    each((at) => {
      sum += data[at]!;
    });
    const mean = sum / (count * area);
    each((at) => {
      square += (data[at]! - mean) ** 2;
    });
    const std = Math.sqrt(square / (count * area));
    each((at) => {
      data[at] = std > 0 ? (data[at]! - mean) / std : 0;
    });
  }
}
