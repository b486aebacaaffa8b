import { type Dataset, GanymedeError } from '@ganymede/core';

/** Sizes of one image. */
export interface ImageShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/**
 * The size of a dataset's images.
 *
 * @throws `GANYMEDE_DATA_FIELD` where the data has no `images` field of shape `[channels, height, width]`.
 */
export function imageShape(data: Dataset): ImageShape {
  const [channels, height, width, ...rest] = data.fields.images?.shape ?? [];
  if (channels === undefined || height === undefined || width === undefined || rest.length > 0) {
    const fields = Object.entries(data.fields).map(([name, { shape }]) => `${name} [${shape.join(', ')}]`);
    throw new GanymedeError('GANYMEDE_DATA_FIELD', {
      message: `expected a dataset with images [channels, height, width], got ${fields.join(', ') || 'no fields'}`,
      hint: 'train an image GAN on glyphs, idx:<images> or folder:<directory>',
    });
  }
  return { channels, height, width };
}
