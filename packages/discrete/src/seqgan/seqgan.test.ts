import { createGanymede, referenceBackend, definePlugin } from '@ganymede/core';
import { numbersOf, type Value } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { tokenDataset } from '../oracle/oracle-sequences.js';
import { discrete } from '../plugin.js';
import { seqgan } from './seqgan.js';

/** Counting upwards from a random token, modulo 5. */
const tokens = Int32Array.from({ length: 32 * 4 }, (_, i) => (Math.floor(i / 4) * 3 + (i % 4)) % 5);
const data = tokenDataset(tokens, { length: 4, vocabulary: 5, summary: 'counting' });
const options = {
  embedding: 4,
  hidden: 5,
  pretrain: { epochs: 2 },
  discriminator: {
    embedding: 3,
    widths: [1, 2],
    filters: [3, 2],
    samples: 16,
    epochs: 1,
    pretrainRounds: 1,
    rounds: 1,
  },
  rollouts: 2,
  adversarialBatches: 2,
};
const reference = definePlugin({ name: 'reference', apiVersion: 1, modules: [referenceBackend] });
const ganymede = createGanymede({ plugins: [reference, discrete] });
const start = (seed = 1) => ganymede.start('seqgan', { data, batch: 8, seed, options });

describe('seqgan', () => {
  it('trains to the end of its schedule and samples tokens of the vocabulary', async () => {
    const run = await start();
    const steps: string[] = [];
    for await (const event of run.advance()) if (event.type === 'step') steps.push(event.step);
    // 2 epochs of 4 batches; 16 + 16 sequences in batches of 8; twice a policy step and as many again.
    expect(steps.length).toBe(8 + 4 + 2 * (1 + 4));
    expect(run.algorithm.iterations).toBe(22);
    const drawn = (await run.sample({ count: 10, seed: 3 })).tokens as Value;
    expect(drawn.shape).toEqual([10, 4]);
    expect(drawn.dtype).toBe('int32');
    expect(numbersOf(drawn).every((token) => token >= 0 && token < 5)).toBe(true);
    await run.dispose();
  });

  it('keeps two optimizers for the generator, the roll-out policy and the negatives in its state', async () => {
    const run = await start();
    const paths = Object.keys(run.state.types);
    for (const path of [
      'generator/embedding/table',
      'rollout/output/kernel',
      'discriminator/window2/kernel',
      'discriminator/highway/gate1/kernel',
      'negatives',
    ]) {
      expect(paths).toContain(path);
    }
    expect(paths.some((path) => path.startsWith('optimizer/likelihood/'))).toBe(true);
    expect(paths.some((path) => path.startsWith('optimizer/policy/'))).toBe(true);
    expect(paths).not.toContain('rollout/embedding/table');
    await run.dispose();
  });

  it('moves the roll-out policy a fifth of the way to the generator after a policy step', async () => {
    const run = await start();
    let before: number[] = [];
    for await (const event of run.advance()) {
      if (event.type !== 'step') continue;
      if (event.iteration === 12) before = numbersOf(await run.state.get('generator/output/bias'));
      if (event.iteration === 13) break;
    }
    const after = numbersOf(await run.state.get('generator/output/bias'));
    numbersOf(await run.state.get('rollout/output/bias')).forEach((x, i) => {
      expect(x).toBeCloseTo(0.8 * before[i]! + 0.2 * after[i]!, 6);
    });
    expect(after).not.toEqual(before);
    await run.dispose();
  });

  it('refuses windows longer than the sequences, and data that are not tokens', () => {
    const services = { data, batchSize: 8 };
    expect(() => seqgan({}, services)).toThrowError(
      expect.objectContaining({ code: 'GANYMEDE_SEQUENCE_LENGTH' }),
    );
    const images = { ...data, fields: { images: { dtype: 'float32' as const, shape: [1, 4, 4] } } };
    expect(() => seqgan(options, { ...services, data: images })).toThrowError(
      expect.objectContaining({ code: 'GANYMEDE_DATA_FIELD' }),
    );
    expect(() => seqgan(options, { ...services, batchSize: 64 })).toThrowError(
      expect.objectContaining({ code: 'GANYMEDE_BATCH_SIZE' }),
    );
    expect(() => seqgan({ discriminator: { widths: [1, 2], filters: [3] } }, services)).toThrowError(
      expect.objectContaining({ code: 'GANYMEDE_OPTION' }),
    );
  });
});
