import { grad, input, numbersOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, type Workbench } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { sometimes } from './augmentation.js';
import { type AugmentationName, augmentations } from './index.js';
import { shift } from './shift.js';

const images = valueOf(
  Array.from({ length: 96 }, (_, i) => ((i * 37) % 11) / 4 - 1),
  [2, 3, 4, 4],
  'float64',
);
const at = (image: number, channel: number, row: number, column: number): number =>
  row < 0 || column < 0 || row > 3 || column > 3
    ? 0
    : Number(images.data[((image * 3 + channel) * 4 + row) * 4 + column]);
/** What comes out where element (image, channel, row, column) is `f` of them. */
const expected = (f: (n: number, c: number, y: number, x: number) => number): number[] =>
  Array.from({ length: 96 }, (_, i) => f(Math.floor(i / 48), Math.floor(i / 16) % 3, (i >> 2) % 4, i % 4));

function apply(name: AugmentationName, noise: Readonly<Record<string, readonly number[]>>) {
  const bench = createWorkbench({ training: true });
  const x = bench.symbol('x', images);
  const y = augmentations[name].apply(x, bench.ctx);
  expect(bench.noise.map((spec) => spec.name.replace('noise/', ''))).toEqual(Object.keys(noise));
  const feeds = Object.fromEntries(
    Object.entries(noise).map(([key, list]) => [`noise/${key}`, valueOf(list, [2, 1, 1, 1])]),
  );
  const [value, slope] = bench.evaluate([y, ...grad(y.sum(), [x])], { feeds }) as [Value, Value];
  return { bench, value, slope };
}
const ranges = (bench: Workbench) =>
  bench.noise.map(({ distribution }) => ('low' in distribution ? [distribution.low, distribution.high] : []));

describe('augmentations', () => {
  it('colour changes brightness, then saturation, then contrast', () => {
    const [brightness, saturation, contrast] = [
      [0.25, -0.5],
      [0.5, 1.5],
      [0.75, 1.25],
    ] as const;
    const { value, bench } = apply('colour', { brightness, saturation, contrast });
    const saturated = (n: number, c: number, y: number, x: number) => {
      const grey = (at(n, 0, y, x) + at(n, 1, y, x) + at(n, 2, y, x)) / 3;
      return (at(n, c, y, x) - grey) * (saturation[n] ?? 0) + grey + (brightness[n] ?? 0);
    };
    const all = expected(saturated);
    const level = [0, 1].map((n) => all.slice(48 * n, 48 * n + 48).reduce((sum, v) => sum + v / 48, 0));
    const wanted = expected(
      (n, c, y, x) => (saturated(n, c, y, x) - (level[n] ?? 0)) * (contrast[n] ?? 0) + (level[n] ?? 0),
    );
    expectClose(value, wanted, 1e-12, 'images');
    expect(ranges(bench)).toEqual([
      [-0.5, 0.5],
      [0, 2],
      [0.5, 1.5],
    ]);
  });

  it('translation moves by whole pixels, up to an eighth, and fills with 0', () => {
    const { value, slope, bench } = apply('translation', { down: [1.3, -0.2], right: [-0.4, 0.9] });
    // Floors: (1, -1) and (-1, 0).
    const wanted = expected((n, c, y, x) => (n === 0 ? at(n, c, y - 1, x + 1) : at(n, c, y + 1, x)));
    expectClose(value, wanted, 1e-12, 'images');
    const survives = expected((n, _, y, x) => Number(n === 0 ? y < 3 && x > 0 : y > 0));
    expectClose(slope, survives, 1e-12, 'gradient');
    expect(ranges(bench)).toEqual([
      [-1, 2],
      [-1, 2],
    ]);
  });

  it('cutout sets a box of half the size to 0, also over the edge', () => {
    const { value, bench } = apply('cutout', { top: [0.5, 4.9], left: [2, 3.99] });
    // Boxes of 2 from floor - 1: rows -1 and 0, columns 1 and 2; rows 3 and 4, columns 2 and 3.
    const cut = (n: number, y: number, x: number) =>
      n === 0 ? y === 0 && (x === 1 || x === 2) : y === 3 && x >= 2;
    expectClose(
      value,
      expected((n, c, y, x) => (cut(n, y, x) ? 0 : at(n, c, y, x))),
      1e-12,
      'images',
    );
    expect(ranges(bench)).toEqual([
      [0, 5],
      [0, 5],
    ]);
  });

  it('flip mirrors left to right half of the time', () => {
    const { value, bench } = apply('flip', { mirrored: [0.49, 0.5] });
    expectClose(
      value,
      expected((n, c, y, x) => at(n, c, y, n === 0 ? 3 - x : x)),
      1e-12,
      'images',
    );
    expect(ranges(bench)).toEqual([[0, 1]]);
  });

  it('noise adds to samples of any shape', () => {
    const bench = createWorkbench({ training: true });
    const x = bench.symbol('x', valueOf([1, 2], [2, 1]));
    const y = augmentations.noise.apply(x, bench.ctx);
    const feeds = { 'noise/added': valueOf([0.5, -1], [2, 1]) };
    expectClose(bench.evaluate([y], { feeds })[0] as Value, [1.5, 1], 1e-12, 'samples');
    expect(bench.noise).toMatchObject([{ distribution: { kind: 'normal', std: 0.05 } }]);
  });

  it.each(['colour', 'translation', 'cutout', 'flip'] as const)('%s wants images', (name) => {
    const bench = createWorkbench();
    for (const shape of [
      [2, 4],
      [2, 3, 'H', 4],
    ] as const) {
      expect(() => augmentations[name].apply(input('x', shape), bench.ctx)).toThrow(
        expect.objectContaining({ code: 'GANYMEDE_SHAPE' }),
      );
    }
  });

  it('shift is the identity for 0 and keeps odd sizes', () => {
    const bench = createWorkbench();
    const x = bench.symbol('x', valueOf([1, 2, 3, 4, 5, 6], [1, 1, 2, 3]));
    const by = (name: string, n: number): Tensor => bench.symbol(name, valueOf([n], [1, 1, 1, 1]));
    const moved = [shift(x, by('a', 0), by('b', 0)), shift(x, by('c', 1), by('d', 2))];
    const [same, far] = bench.evaluate(moved).map(numbersOf);
    expect(same).toEqual([1, 2, 3, 4, 5, 6]);
    expect(far).toEqual([0, 0, 0, 0, 0, 1]);
  });

  it('sometimes happen to a sample, by its own chance', () => {
    const bench = createWorkbench({ training: true });
    const x = bench.symbol('x', valueOf([1, 2, 3], [3, 1]));
    const p = bench.symbol('p', valueOf(0.5, []));
    const y = sometimes({ name: 'double', apply: (z) => z.mul(2) }, x, bench.ctx, p);
    const feeds = { 'noise/doubleChosen': valueOf([0.49, 0.5, 0], [3, 1]) };
    expectClose(bench.evaluate([y], { feeds })[0] as Value, [2, 2, 6], 1e-12, 'samples');
    expect(ranges(bench)).toEqual([[0, 1]]);
  });
});
