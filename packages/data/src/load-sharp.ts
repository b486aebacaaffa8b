import { GanymedeError } from '@ganymede/tensor';
import type Sharp from 'sharp';

/**
 * Loads sharp when an image is first read or written, so that datasets without files work where its native part does not load.
 * Throws `GANYMEDE_MISSING_PACKAGE`.
 */
export async function loadSharp(): Promise<typeof Sharp> {
  try {
    return (await import('sharp')).default;
  } catch (cause) {
    throw new GanymedeError('GANYMEDE_MISSING_PACKAGE', {
      message: 'reading and writing image files needs the package "sharp", which does not load here',
      hint: 'install it with its optional dependencies for this platform: npm install --include=optional sharp',
      data: { package: 'sharp' },
      cause,
    });
  }
}
