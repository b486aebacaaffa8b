import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDataset } from '@ganymede/testing';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, imageFolder } from './image-folder.js';

let root: string;
let pets: string;

type Color = { r: number; g: number; b: number };
const flat = (width: number, height: number, background: Color) =>
  sharp({ create: { width, height, channels: 3, background } });
const red = { r: 255, g: 0, b: 0 };
const grey = { r: 128, g: 128, b: 128 };

/** Left half black, right half white. */
const halves = (width: number, height: number) =>
  sharp(
    Uint8Array.from({ length: width * height }, (_, i) => (i % width < width / 2 ? 0 : 255)),
    {
      raw: { width, height, channels: 1 },
    },
  );

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ganymede-folder-'));
  pets = join(root, 'pets');
  for (const name of ['cats/old', 'dogs', 'empty']) await mkdir(join(pets, name), { recursive: true });
  await flat(40, 30, red).png().toFile(join(pets, 'cats/a.png'));
  await flat(16, 16, grey).jpeg({ quality: 100 }).toFile(join(pets, 'cats/old/b.JPG'));
  await halves(64, 32).webp({ lossless: true }).toFile(join(pets, 'dogs/c.webp'));
  const photo = await sharp(Buffer.from(Array.from({ length: 3 * 64 * 64 }, (_, i) => (i * 7919) % 256)), {
    raw: { width: 64, height: 64, channels: 3 },
  })
    .jpeg()
    .toBuffer();
  await writeFile(join(pets, 'dogs/cut.jpg'), photo.subarray(0, photo.length / 2));
  await writeFile(join(pets, 'dogs/text.png'), 'not an image');
  await writeFile(join(pets, 'dogs/none.png'), '');
  await writeFile(join(pets, 'notes.txt'), 'not tried');
  await symlink(pets, join(pets, 'cats/loop'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

testDataset({ name: 'folder', create: () => imageFolder(pets, { size: 12 }), modules: [folder] });
testDataset({
  name: 'folder, grey, mirrored, without memory',
  create: () => imageFolder(pets, { size: 9, channels: 1, flip: true, cacheBytes: 0 }),
  modules: [folder],
});

const code = (error: string) => expect.objectContaining({ code: `GANYMEDE_DATA_${error}` });

describe('imageFolder', () => {
  it('reads PNG, JPEG and WebP of any size; names what it cannot read; sub-folders are classes', async () => {
    const dataset = await imageFolder(pets, { size: 8 });
    expect(dataset.length).toBe(3);
    expect(dataset.classNames).toEqual(['cats', 'dogs']);
    expect(dataset.skipped.map(({ file }) => file)).toEqual([
      'dogs/cut.jpg',
      'dogs/none.png',
      'dogs/text.png',
    ]);
    for (const { reason } of dataset.skipped) expect(reason).toMatch(/\w/);
    expect(dataset.summary).toBe(`folder ${pets} 8x8x3, 3 images, 2 classes, 3 unreadable left out`);

    const { images, labels } = await dataset.read([0, 1, 2]);
    expect([...labels!.data]).toEqual([0, 0, 1]);
    const plane = (image: number, channel: number) =>
      images!.data.slice(64 * (3 * image + channel), 64 * (3 * image + channel + 1));
    expect(plane(0, 0)).toEqual(new Float32Array(64).fill(1));
    expect(plane(0, 1)).toEqual(new Float32Array(64).fill(-1));
    for (const x of plane(1, 2)) expect(Math.abs(Number(x))).toBeLessThan(0.02);
    // The middle square of the 64 x 32 image: black on the left, white on the right, in every channel.
    for (const channel of [0, 1, 2]) expect([plane(2, channel)[0], plane(2, channel)[7]]).toEqual([-1, 1]);
  });

  it('pads and stretches on request', async () => {
    const dogs = join(pets, 'dogs');
    const padded = (await (await imageFolder(dogs, { size: 8, channels: 1, crop: 'pad' })).read([0])).images!
      .data;
    expect([padded[7], padded[63], padded[31]]).toEqual([-1, -1, 1]);
    const stretched = (await (await imageFolder(dogs, { size: 8, channels: 1, crop: 'stretch' })).read([0]))
      .images!.data;
    expect([stretched[0], stretched[7], stretched[63]]).toEqual([-1, 1, 1]);
  });

  it('adds mirror images after the images', async () => {
    const dataset = await imageFolder(pets, { size: 8, channels: 1, flip: true });
    expect(dataset.length).toBe(6);
    const { images, labels } = await dataset.read([2, 5]);
    expect([images!.data[0], images!.data[7], images!.data[64], images!.data[71]]).toEqual([-1, 1, 1, -1]);
    expect([...labels!.data]).toEqual([1, 1]);
  });

  it('has no labels where not all images lie in sub-folders', async () => {
    const dataset = await imageFolder(join(pets, 'cats'), { size: 8 });
    expect(Object.keys(dataset.fields)).toEqual(['images']);
  });

  it('turns images upright, puts transparency on black, reads 16-bit PNG', async () => {
    const odd = await mkdtemp(join(root, 'odd-'));
    await halves(16, 16).jpeg().withMetadata({ orientation: 3 }).toFile(join(odd, '1.jpg'));
    await sharp({
      create: { width: 4, height: 4, channels: 4, background: { r: 255, g: 255, b: 255, alpha: 0 } },
    })
      .png()
      .toFile(join(odd, '2.png'));
    await sharp(new Uint16Array(16).fill(65535), { raw: { width: 4, height: 4, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toFile(join(odd, '3.png'));
    const { images } = await (await imageFolder(odd, { size: 4, channels: 1 })).read([0, 1, 2]);
    expect(images!.data[0]).toBeGreaterThan(0.9);
    expect(images!.data[3]).toBeLessThan(-0.9);
    expect(images!.data[16]).toBe(-1);
    expect(images!.data[32]).toBe(1);
  });

  it('says what is wrong with a missing, empty or spoilt folder', async () => {
    await expect(imageFolder(join(root, 'nowhere'))).rejects.toThrow(code('MISSING'));
    await expect(imageFolder(join(pets, 'empty'))).rejects.toThrow(code('EMPTY'));
    await expect(imageFolder(join(pets, 'notes.txt'))).rejects.toThrow(code('UNREADABLE'));
    const spoilt = await mkdtemp(join(root, 'spoilt-'));
    await writeFile(join(spoilt, 'a.png'), 'no image');
    await expect(imageFolder(spoilt)).rejects.toThrow(code('UNREADABLE'));
    await expect(imageFolder(spoilt)).rejects.toThrow(/none of the 1 images .* a\.png: /);
  });

  it('hashes content and what changes it', async () => {
    const hash = async (options: object) => (await imageFolder(pets, { size: 8, ...options })).hash();
    const hashes = await Promise.all(
      [{}, { cacheBytes: 0 }, { size: 9 }, { crop: 'pad' as const }, { flip: true }].map(hash),
    );
    expect(hashes[0]).toBe(hashes[1]);
    expect(new Set(hashes).size).toBe(4);
  });
});
