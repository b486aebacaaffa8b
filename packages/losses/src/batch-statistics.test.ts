import process from 'node:process';
import type { Regularizer } from '@ganymede/core';
import { batchNorm, dense, leakyRelu, sequential } from '@ganymede/nn';
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

function warnings(regularizer: Regularizer, normalized: boolean): readonly unknown[][] {
  const emit = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const critic = normalized
    ? sequential(dense(4), batchNorm(), leakyRelu(0.2), dense(1))
    : sequential(dense(4), leakyRelu(0.2), dense(1));
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
    const [[message, options], ...more] = warnings(regularizer, true) as [[string, object], ...unknown[]];
    expect(message).toMatch(
      new RegExp(`^${name}: .*entire batch \\(Gulrajani et al. 2017, section 4\\)`, 's'),
    );
    expect(message).toMatch(/layer, instance or spectral normalization/);
    expect(options).toMatchObject({ code: 'GANYMEDE_BATCH_STATISTICS', type: 'GanymedeWarning' });
    expect(more).toEqual([]);
    vi.restoreAllMocks();
    expect(warnings(regularizer, false)).toEqual([]);
  });

  it('other regularizers do not mind', () => expect(warnings(lecam(), true)).toEqual([]));
});
