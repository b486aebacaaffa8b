import { conv2d, dense, flatten, sequential } from '@ganymede/nn';
import { createRng } from '@ganymede/core';
import { numbersOf, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, testNetwork } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { diffAugment } from './diff-augment.js';

testNetwork({
  name: 'diffAugment before a discriminator',
  create: () => sequential(diffAugment(), conv2d(2, { kernel: 3 }), flatten(), dense(1)),
  input: [1, 8, 8],
  output: [1],
});

describe('diffAugment', () => {
  const images = valueOf(
    Array.from({ length: 64 }, (_, i) => i / 64),
    [1, 1, 8, 8],
  );
  const run = (training: boolean) => {
    const bench = createWorkbench({ training });
    const x = bench.symbol('x', images);
    const network = diffAugment({ augmentations: ['translation', 'cutout'] });
    expect(network.init(createRng(1), [1, 1, 8, 8])).toEqual({});
    const y = network.apply({}, x, bench.ctx);
    return { names: bench.noise.map(({ name }) => name), value: numbersOf(bench.evaluate([y])[0] as Value) };
  };

  it('changes samples in training, in the order given', () => {
    const { names, value } = run(true);
    expect(names).toEqual(
      ['translation/down', 'translation/right', 'cutout/top', 'cutout/left'].map((n) => `noise/${n}`),
    );
    expect(value).not.toEqual(numbersOf(images));
  });

  it('is the identity otherwise', () => {
    const { names, value } = run(false);
    expect(names).toEqual([]);
    expect(value).toEqual(numbersOf(images));
  });
});
