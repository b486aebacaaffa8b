import { GanymedeError } from '@ganymede/tensor';
import type Sharp from 'sharp';

// Not written out in the call: a bundle for a browser then leaves the package out.
const name = 'sharp';

/**
 * Loads sharp when an image is first read or written, so that datasets without files work where its native part does not load.
 * Throws `GANYMEDE_MISSING_PACKAGE`.
 */
export async function loadSharp(): Promise<typeof Sharp> {
  try {
    const sharp = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as typeof import('sharp');
    return sharp.default;
  } catch (cause) {
    throw new GanymedeError('GANYMEDE_MISSING_PACKAGE', {
      message: 'reading and writing image files needs the package "sharp", which does not load here',
      hint: 'install it with its optional dependencies for this platform: npm install --include=optional sharp',
      data: { package: 'sharp' },
      cause,
    });
  }
}
