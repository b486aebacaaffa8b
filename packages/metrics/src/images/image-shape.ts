import type { Dataset } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';

/** `[channels, height, width]` of a dataset's images. Throws `GANYMEDE_NO_IMAGES` for other data. */
export function imageShape(dataset: Dataset): readonly [number, number, number] {
  const [field] = Object.values(dataset.fields);
  const [channels, height, width, ...rest] = field?.shape ?? [];
  if (channels !== undefined && height !== undefined && width !== undefined && rest.length === 0) {
    return [channels, height, width];
  }
  throw new GanymedeError('GANYMEDE_NO_IMAGES', {
    message: `this metric measures images; the data (${dataset.summary}) has ${Object.keys(dataset.fields).join(', ')}`,
    hint: 'for points use @ganymede/metrics/sliced-wasserstein, mmd or modes',
  });
}
