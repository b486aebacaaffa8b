import { type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testRegularizer } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { consistency } from './consistency.js';

/** Σᵢ (w · noise of row i)² / rows. */
const meanSquare = (noise: readonly number[], weights: readonly number[]): number => {
  const width = weights.length;
  const count = noise.length / width;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum += weights.reduce((dot, w, k) => dot + w * (noise[i * width + k] as number), 0) ** 2;
  }
  return sum / count;
};

testRegularizer({
  name: 'consistency',
  create: () => consistency({ weight: 4e3, augmentations: ['noise'] }),
  value: ({ weights, noise }) => 4e3 * meanSquare(noise('noise/added'), weights),
});
testRegularizer({
  name: 'consistency, balanced',
  create: () => consistency({ weight: 2e3, fakeWeight: 5e3, augmentations: ['noise'] }),
  value: ({ weights, noise }) =>
    2e3 * meanSquare(noise('noise/added'), weights) + 5e3 * meanSquare(noise('noise/added@2'), weights),
});

describe('consistency', () => {
  const build = (options: Parameters<typeof consistency>[0], critic: (x: Tensor) => Tensor) => {
    const bench = createWorkbench({ training: true });
    const images = bench.symbol(
      'x',
      valueOf(
        Array.from({ length: 32 }, (_, i) => i % 7),
        [2, 1, 4, 4],
      ),
    );
    const penalty = consistency(options).penalty({
      discriminate: critic,
      real: images,
      fake: images,
      realLogits: critic(images),
      fakeLogits: critic(images),
      ctx: bench.ctx,
    });
    return {
      bench,
      value: (feeds: Record<string, Value>) => bench.evaluate([penalty], { feeds })[0] as Value,
    };
  };

  it('is 0 for a discriminator that does not see the augmentation', () => {
    const { value } = build({ augmentations: ['flip'] }, (x) => x.sum([1, 2, 3]));
    expectClose(value({}), 0, 1e-12, 'penalty');
  });

  it('sums over the patches of a sample and averages over samples', () => {
    const corner = (x: Tensor) => x.slice(3, 0, 1).slice(2, 0, 2).reshape([2, 2]);
    const { bench, value } = build({ weight: 3, augmentations: ['flip'] }, corner);
    expect(bench.noise.map(({ name }) => name)).toEqual(['noise/flip/mirrored']);
    // Only the second image is mirrored: its first column [2, 6] becomes its last [5, 2].
    const penalty = value({ 'noise/flip/mirrored': valueOf([0.7, 0.2], [2, 1, 1, 1]) });
    expectClose(penalty, (3 * (3 ** 2 + 4 ** 2)) / 2, 1e-12, 'penalty');
  });

  it('refuses augmentations of images for other samples', () => {
    const bench = createWorkbench({ training: true });
    const x = bench.symbol('x', valueOf([1, 2], [1, 2]));
    const rest = { real: x, fake: x, realLogits: x, fakeLogits: x, ctx: bench.ctx };
    const penalize = () => consistency().penalty({ discriminate: (y) => y, ...rest });
    expect(penalize).toThrow(expect.objectContaining({ code: 'GANYMEDE_SHAPE' }));
  });
});
