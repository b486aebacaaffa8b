import type { Dataset } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';

/** What a classifier needs to know of a dataset. */
export interface LabelledImages {
  /** `[channels, height, width]`. */
  readonly shape: readonly [number, number, number];
  readonly classes: number;
}

/**
 * The image size and class count of labelled images. Throws `GANYMEDE_NO_IMAGES` or `GANYMEDE_NO_LABELS`, which say what to do,
 * for any other dataset.
 */
export function labelledImages(dataset: Dataset): LabelledImages {
  const { images, labels } = dataset.fields;
  const [channels, height, width] = images?.shape ?? [];
  if (channels === undefined || height === undefined || width === undefined) {
    throw new GanymedeError('GANYMEDE_NO_IMAGES', {
      message: `this metric measures images; the data (${dataset.summary}) has ${Object.keys(dataset.fields).join(', ')}`,
      hint: 'for points use @ganymede/metrics/modes',
    });
  }
  if (labels?.classes === undefined || labels.classes < 2) {
    throw new GanymedeError('GANYMEDE_NO_LABELS', {
      message: `this metric trains a classifier on the data's labels; the data (${dataset.summary}) has none`,
      hint: 'name the label file (--data idx:<images>,<labels>), or measure with --data of the same kind that has labels; in code, give fid a feature network: fid({ features })',
    });
  }
  return { shape: [channels, height, width], classes: labels.classes };
}
