import process from 'node:process';
import type { Network, Regularizer } from '@ganymede/core';
import {
  batchNorm,
  dense,
  layerNorm,
  leakyRelu,
  minibatchDiscrimination,
  minibatchStd,
  sequential,
  stateless,
} from '@ganymede/nn';
import { createRng } from '@ganymede/core';
import { filled, type Tensor } from '@ganymede/tensor';
import { createWorkbench } from '@ganymede/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { dragan } from './dragan.js';
import { gradientPenalty } from './gradient-penalty.js';
import { lecam } from './lecam.js';
import { maxGradientPenalty } from './max-gradient-penalty.js';
import { r1 } from './r1.js';
import { r2 } from './r2.js';

function warnings(regularizer: Regularizer, ...inside: readonly Network[]): readonly unknown[][] {
  const emit = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const critic = sequential(dense(4), ...inside, leakyRelu(0.2), dense(1));
  const bench = createWorkbench({ training: true });
  const variables = bench.symbols(critic.init(createRng(1), [3, 2]), 'critic');
  const [real, fake] = [bench.symbol('real', filled([3, 2], 1)), bench.symbol('fake', filled([3, 2], 2))];
  const discriminate = (x: Tensor) => critic.apply(variables, x, bench.ctx);
  const state = regularizer.init?.([3, 2]);
  regularizer.penalty({
    discriminate,
    real,
    fake,
    realLogits: discriminate(real),
    fakeLogits: discriminate(fake),
    ctx: bench.ctx,
    ...(state && { state: bench.symbols(state, 'state') }),
  });
  return emit.mock.calls;
}

describe('penalties on slopes', () => {
  afterEach(() => void vi.restoreAllMocks());

  it.each([
    ['gradientPenalty', gradientPenalty()],
    ['dragan', dragan()],
    ['maxGradientPenalty', maxGradientPenalty()],
    ['maxGradientPenalty', maxGradientPenalty({ buffer: 0.5 })],
    ['r1', r1()],
    ['r2', r2()],
  ])('%s warns of a discriminator with batch norm, with the paper’s reason', (name, regularizer) => {
    const [[message, options], ...more] = warnings(regularizer, batchNorm()) as [
      [string, object],
      ...unknown[],
    ];
    expect(message).toMatch(
      new RegExp(`^${name}: .*entire batch \\(Gulrajani et al. 2017, section 4\\)`, 's'),
    );
    expect(message).toMatch(/layer, instance or spectral normalization/);
    expect(options).toMatchObject({ code: 'GANYMEDE_BATCH_STATISTICS', type: 'GanymedeWarning' });
    expect(more).toEqual([]);
    vi.restoreAllMocks();
    expect(warnings(regularizer)).toEqual([]);
  });

  it.each([
    ['minibatch discrimination', minibatchDiscrimination({ kernels: 2, dimensions: 3 })],
    ['minibatch standard deviation', minibatchStd({ group: 3 })],
    ['a comparison with the first sample', stateless('layer', (x) => x.sub(x.slice(0, 0, 1)))],
    ['products of samples with samples', stateless('layer', (x) => x.matmul(x.transpose()).matmul(x))],
  ])('warn of %s, for the same reason', (_, meeting) => {
    const [[message] = [''], ...more] = warnings(gradientPenalty(), meeting) as [string][];
    expect(message).toMatch(
      /mixes the samples of a batch \(.*minibatch discrimination and minibatch standard/s,
    );
    expect(more).toEqual([]);
  });

  it.each([
    ['layer normalization', layerNorm()],
    [
      'products within a sample',
      stateless('layer', (x) =>
        x
          .reshape([3, 2, 2])
          .matmul(x.reshape([3, 2, 2]))
          .reshape([3, 4]),
      ),
    ],
    ['samples that are centred', stateless('layer', (x) => x.sub(x.mean(1, true)))],
  ])('do not warn of %s', (_, apart) => expect(warnings(gradientPenalty(), apart)).toEqual([]));

  it('other regularizers do not mind', () => expect(warnings(lecam(), batchNorm())).toEqual([]));
});
