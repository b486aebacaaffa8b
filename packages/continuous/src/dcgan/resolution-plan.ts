import { GanymedeError } from '@ganymede/core';
import type { ImageShape } from '../image-shape.js';

/** From which map size, by how many doublings, an image is built. */
export interface ResolutionPlan {
  readonly base: number;
  readonly doublings: number;
}

const plans: Readonly<Record<number, ResolutionPlan>> = {
  28: { base: 7, doublings: 2 },
  32: { base: 4, doublings: 3 },
  64: { base: 4, doublings: 4 },
};

/** DCGAN's plan for an image size. Throws `GANYMEDE_IMAGE_SIZE` for any but square 28, 32 or 64 pixels. */
export function resolutionPlan({ height, width }: ImageShape): ResolutionPlan {
  const plan = height === width ? plans[height] : undefined;
  if (plan === undefined) {
    throw new GanymedeError('GANYMEDE_IMAGE_SIZE', {
      message: `dcgan makes square images of ${Object.keys(plans).join(', ')} pixels; the data has ${width}x${height}`,
      hint: 'resize the data, for a folder with --set data.size=64',
    });
  }
  return plan;
}
