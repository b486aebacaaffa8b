import type { Augmentation } from './augmentation.js';
import { colour } from './colour.js';
import { cutout } from './cutout.js';
import { flip } from './flip.js';
import { noise } from './noise.js';
import { translation } from './translation.js';

/** Differentiable augmentations by the name that options take. One line per file. */
export const augmentations = { colour, translation, cutout, flip, noise } as const satisfies Readonly<
  Record<string, Augmentation>
>;

/** Name of an augmentation. */
export type AugmentationName = keyof typeof augmentations;
/** All of them, for option schemas. */
export const augmentationNames = Object.keys(augmentations) as AugmentationName[];
