import { testDataset } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { glyphs } from './glyphs.js';

testDataset({ name: 'glyphs', create: () => glyphs({ count: 300 }), modules: [glyphs] });
testDataset({
  name: 'glyphs, 32 pixels',
  create: () => glyphs({ count: 50, size: 32, seed: 7 }),
  modules: [glyphs],
});

const all = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('glyphs', () => {
  it('says what it is', () => {
    const dataset = glyphs();
    expect(dataset.summary).toBe('glyphs 28x28x1, 20 000 generated, 10 classes');
    expect(dataset.length).toBe(20_000);
    expect(dataset.source).toEqual({
      id: '@ganymede/data/glyphs',
      options: { count: 20_000, seed: 1, size: 28 },
    });
  });

  it('draws example i from (seed, i) alone: a longer set begins with the shorter one', async () => {
    const [short, long] = [glyphs({ count: 20 }), glyphs({ count: 5000 })];
    expect((await long.read(all(20))).images).toEqual((await short.read(all(20))).images);
  });

  it('draws other glyphs from another seed, and no two alike', async () => {
    const one = (await glyphs({ count: 500 }).read(all(500))).images!.data as Float32Array;
    const other = (await glyphs({ count: 500, seed: 2 }).read(all(500))).images!.data as Float32Array;
    const images = [...all(500).map((i) => one.slice(784 * i, 784 * (i + 1))), other.slice(0, 784)];
    expect(new Set(images.map((image) => image.join())).size).toBe(501);
  });

  it('has the classes in equal numbers', async () => {
    const { labels } = await glyphs({ count: 1000 }).read(all(1000));
    const counts = new Array(10).fill(0);
    for (const label of labels!.data as Int32Array) counts[label]++;
    expect(counts).toEqual(new Array(10).fill(100));
  });

  it('is inked like MNIST (mean 0.131, standard deviation 0.308), black at the border', async () => {
    const { images } = await glyphs({ count: 2000 }).read(all(2000));
    const ink = (images!.data as Float32Array).map((x) => (x + 1) / 2);
    const mean = ink.reduce((sum, x) => sum + x, 0) / ink.length;
    const spread = Math.sqrt(ink.reduce((sum, x) => sum + (x - mean) ** 2, 0) / ink.length);
    expect(Math.abs(mean - 0.131)).toBeLessThan(0.02);
    expect(Math.abs(spread - 0.308)).toBeLessThan(0.02);
    const touching = all(2000).filter((i) =>
      all(28).some(
        (k) =>
          Math.max(
            ink[784 * i + k]!,
            ink[784 * i + 756 + k]!,
            ink[784 * i + 28 * k]!,
            ink[784 * i + 28 * k + 27]!,
          ) > 0.5,
      ),
    );
    expect(touching.length).toBeLessThan(20);
  });

  it('has classes that even the nearest class mean tells apart', async () => {
    const { images } = await glyphs({ count: 2000 }).read(all(2000));
    const data = images!.data as Float32Array;
    const means = all(10).map((digit) => {
      const mean = new Float64Array(784);
      for (let i = digit; i < 1500; i += 10)
        for (let p = 0; p < 784; p++) mean[p]! += data[784 * i + p]! / 150;
      return mean;
    });
    let right = 0;
    for (let i = 1500; i < 2000; i++) {
      const distances = means.map((mean) =>
        mean.reduce((sum, m, p) => sum + (m - data[784 * i + p]!) ** 2, 0),
      );
      if (distances.indexOf(Math.min(...distances)) === i % 10) right++;
    }
    // MNIST by the same rule: 82 %.
    expect(right / 500).toBeGreaterThan(0.75);
  });

  it('draws the same bits on every machine', async () => {
    expect(await glyphs({ count: 100 }).hash()).toBe(
      'bf18caec2f0485c8478eab53bd38d8dc992a4b70676ded3d0a3b1d88b7a4a737',
    );
  });

  it('refuses wrong options', () => {
    expect(() => glyphs({ count: 0 })).toThrow(/count/);
  });
});
