import { filled, value, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { imageGrid } from './image-grid.js';
import { decodePng } from './png.js';

describe('imageGrid', () => {
  it('lays images out in rows with padding, each pixel enlarged', async () => {
    const images = value('float32', [3, 1, 1, 2], Float32Array.of(-1, 1, 0, 0.5, 1, -1));
    const png = await imageGrid(images, { columns: 2, scale: 2, padding: 1 });
    const { shape, data } = await decodePng(png);
    expect(shape).toEqual([1, 7, 11]);
    const ground = 48;
    const line = (row: number) =>
      [...data.slice(11 * row, 11 * (row + 1))].map((x) => Math.round((x + 1) * 127.5));
    expect(line(0)).toEqual(new Array(11).fill(ground));
    expect(line(1)).toEqual([ground, 0, 0, 255, 255, ground, 128, 128, 191, 191, ground]);
    expect(line(2)).toEqual(line(1));
    expect(line(4)).toEqual([ground, 255, 255, 0, 0, ground, ground, ground, ground, ground, ground]);
  });

  it('keeps colours, clips what lies outside [-1, 1], makes NaN black', async () => {
    const colour = valueOf([1, 5, -0.2, -9, 1, Number.NaN], [1, 3, 1, 2]);
    const { shape, data } = await decodePng(await imageGrid(colour, { scale: 1, padding: 0 }));
    expect(shape).toEqual([3, 1, 2]);
    expect([...data].map((x) => Math.round((x + 1) * 127.5))).toEqual([255, 255, 102, 0, 255, 0]);
  });

  it('is about square by default', async () => {
    const { shape } = await decodePng(await imageGrid(filled([64, 1, 28, 28], 0)));
    expect(shape).toEqual([1, 466, 466]);
  });

  it.each([[[4, 28, 28]], [[4, 2, 28, 28]], [[0, 1, 28, 28]]])('refuses %j', async (shape) => {
    await expect(imageGrid(filled(shape, 0))).rejects.toThrow(
      expect.objectContaining({ code: 'GANYMEDE_DATA_SHAPE' }),
    );
  });
});
