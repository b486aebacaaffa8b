import { type Dataset, defineDataset, nodeModule } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';
import { z } from 'zod';
import { formatCount } from './format-count.js';
import { type ImageList, listImages, type SkippedFile } from './list-images.js';
import { pixelDataset } from './pixel-dataset.js';
import { type ScannedImages, scanImages } from './scan-images.js';

const { createHash } = nodeModule('node:crypto');
const { resolve } = nodeModule('node:path');

const id = '@ganymede/data/folder';

/** An image folder as a dataset. */
export interface FolderDataset extends Dataset {
  /** Files that were left out, each with the reason. */
  readonly skipped: readonly SkippedFile[];
  /** Names of the classes, where labels come from sub-folders. */
  readonly classNames?: readonly string[];
}

/** The first folder of each path, sorted, where every image lies in one and there are at least two. */
function classesOf(files: readonly string[]): readonly string[] | undefined {
  const names = new Set<string>();
  for (const file of files) {
    const slash = file.indexOf('/');
    if (slash < 0) return undefined;
    names.add(file.slice(0, slash));
  }
  return names.size < 2 ? undefined : [...names].sort();
}

const listed = (skipped: readonly SkippedFile[]): string =>
  skipped
    .slice(0, 3)
    .map(({ file, reason }) => `${file}: ${reason}`)
    .join('; ') + (skipped.length > 3 ? `; and ${skipped.length - 3} more` : '');

/** The error for a folder in which no image is left. */
function nothingLeft(directory: string, list: ImageList, skipped: readonly SkippedFile[]): GanymedeError {
  if (skipped.length > 0) {
    return new GanymedeError('GANYMEDE_DATA_UNREADABLE', {
      message: `none of the ${skipped.length} images in "${directory}" could be read: ${listed(skipped)}`,
      hint: 'open one of them in an image viewer; are they images of the type their extension says?',
      data: { directory, skipped },
    });
  }
  return new GanymedeError('GANYMEDE_DATA_EMPTY', {
    message:
      `the folder "${directory}" holds no images` +
      (list.others > 0 ? ` (${formatCount(list.others)} files of other types)` : ''),
    hint: 'put PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG files in it or in folders below it',
    data: { directory, others: list.others },
  });
}

/** Pixels of the mirror image. */
function mirrored(pixels: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(pixels.length);
  for (let row = 0; row < pixels.length; row += size) {
    for (let x = 0; x < size; x++) out[row + x] = pixels[row + size - 1 - x] as number;
  }
  return out;
}

const options = z.object({
  directory: z.string().min(1).describe('the folder; folders below it are searched too'),
  size: z.number().int().min(1).max(2048).default(64).describe('side of the square images in pixels'),
  crop: z
    .enum(['center', 'pad', 'stretch'])
    .default('center')
    .describe(
      '`center`: fill the square, cut the rest; `pad`: whole image on black; `stretch`: ignore proportions',
    ),
  flip: z
    .boolean()
    .default(false)
    .describe('adds the mirror image of every image as an example of its own, which doubles the length'),
  channels: z
    .union([z.literal(1), z.literal(3)])
    .default(3)
    .describe('3 for colour, 1 for grey'),
  cacheBytes: z
    .number()
    .int()
    .nonnegative()
    .default(2 ** 30)
    .describe('memory for decoded images; the rest is decoded at each read'),
});

/**
 * Images of a folder and the folders below it, of any size: PNG, JPEG, WebP and what else sharp reads, as float32
 * `[channels, size, size]` in [-1, 1], in the order of their paths. Where all images lie in two or more sub-folders, these
 * are the classes and their numbers the `labels`.
 *
 * Every file is decoded once at the start; those that fail are left out and named in `skipped`. `flip` is not random: example
 * `n + i` is the mirror image of example `i`, so reads stay functions of the index and an epoch sees both.
 *
 * Throws `GANYMEDE_DATA_MISSING`, `GANYMEDE_DATA_UNREADABLE` (also if no file decodes) or `GANYMEDE_DATA_EMPTY`.
 */
export const folder = defineDataset({
  id,
  summary: 'a folder of images: PNG, JPEG, WebP, …; sub-folders are classes',
  options,
  create: async (settings): Promise<FolderDataset> => {
    const { size, channels, flip } = settings;
    const directory = resolve(settings.directory);
    const list = await listImages(directory);
    const scanned = await scanImages(directory, list.files, settings, settings.cacheBytes);
    const skipped = [...list.skipped, ...scanned.skipped];
    const count = scanned.files.length;
    if (count === 0) throw nothingLeft(settings.directory, list, skipped);
    const classNames = classesOf(scanned.files);
    const length = flip ? 2 * count : count;
    const labels = classNames && labelsOf(scanned.files, classNames, length);
    const dataset = pixelDataset({
      summary: summaryOf(settings, count, classNames?.length, skipped.length),
      length,
      shape: [channels, size, size],
      ...(labels && { labels }),
      ...(classNames && { classes: classNames.length }),
      source: { id, options: { ...settings, directory } },
      async pixels(index) {
        const pixels = await scanned.pixels(index % count);
        return index < count ? pixels : mirrored(pixels, size);
      },
      hash: async () => hashOf(scanned, [size, channels, settings.crop, flip]),
    });
    return { ...dataset, skipped, ...(classNames && { classNames }) };
  },
});

/** Options of {@link imageFolder}. */
export type ImageFolderOptions = Omit<z.input<typeof options>, 'directory'>;

/** The images of `directory` as a dataset: {@link folder} with the path first. `imageFolder('./faces', { size: 64 })`. */
export const imageFolder = (directory: string, settings: ImageFolderOptions = {}): Promise<FolderDataset> =>
  folder({ ...settings, directory });

function labelsOf(files: readonly string[], classNames: readonly string[], length: number): Int32Array {
  const number = new Map(classNames.map((name, i) => [name, i]));
  const classOf = files.map((file) => number.get(file.slice(0, file.indexOf('/'))) as number);
  return Int32Array.from({ length }, (_, i) => classOf[i % files.length] as number);
}

function summaryOf(
  { directory, size, channels, flip }: z.output<typeof options>,
  count: number,
  classes: number | undefined,
  unreadable: number,
): string {
  return [
    `folder ${directory} ${size}x${size}x${channels}`,
    `${formatCount(count)} images${flip ? ' and their mirror images' : ''}`,
    ...(classes === undefined ? [] : [`${classes} classes`]),
    ...(unreadable === 0 ? [] : [`${formatCount(unreadable)} unreadable left out`]),
  ].join(', ');
}

/** SHA-256 over the options that change pixels, and every file's name and bytes. */
function hashOf({ files, digests }: ScannedImages, settings: readonly unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const [i, file] of files.entries()) hash.update(`\n${file}\n${digests[i]}`);
  return hash.digest('hex');
}
