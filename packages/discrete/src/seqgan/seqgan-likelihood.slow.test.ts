import fs from 'node:fs';
import path from 'node:path';
import { ort } from '@ganymede/backend-ort';
import { createGanymede, createRng } from '@ganymede/core';
import { readOracle } from '@ganymede/metrics';
import { describe, expect, it } from 'vitest';
import { createOracleJudge } from '../oracle/oracle-judge.js';
import { drawOracleSequences } from '../oracle/draw-oracle-sequences.js';
import { tokenDataset } from '../oracle/oracle-sequences.js';
import { discrete } from '../plugin.js';

const shared = process.env.GANYMEDE_SHARED ?? path.resolve(import.meta.dirname, '../../../../../shared');
const parameters = path.join(shared, 'data/seqgan');
const available = fs.existsSync(path.join(parameters, 'target_params.json'));
const ganymede = createGanymede({ plugins: [ort, discrete] });
const length = 20;

interface Lesson {
  readonly vocabulary: number;
  /** Sequences drawn from the oracle. */
  readonly count: number;
  /** After which NLL_oracle and NLL_test are measured. */
  readonly epochs: readonly number[];
  readonly seed?: number;
  /** Of the sequences. */
  readonly draw?: number;
  readonly shuffle?: boolean;
}

/** NLL_oracle and NLL_test of a generator after epochs of maximum likelihood. */
async function learn({ vocabulary, count, epochs, seed = 1, draw: drawSeed = 0, shuffle = true }: Lesson) {
  const oracle = await readOracle(parameters, vocabulary);
  const backend = await ganymede.create('@ganymede/backend-ort/ort', { device: 'cpu' });
  const draw = (name: string, n: number) =>
    drawOracleSequences(oracle, n, length, createRng(drawSeed, name), backend);
  const data = tokenDataset((await draw('oracle', count)).data, { length, vocabulary, summary: 'oracle' });
  const test = await draw('test', 2000);
  const run = await ganymede.start('seqgan', {
    data,
    backend,
    seed,
    shuffle,
    options: {
      pretrain: { epochs: Math.max(...epochs) },
      discriminator: { pretrainRounds: 0 },
      adversarialBatches: 0,
    },
  });
  const judge = await createOracleJudge(oracle, length, backend);
  const perEpoch = Math.floor(count / 64);
  const found: { epoch: number; oracle: number; test: number }[] = [];
  for await (const event of run.advance()) {
    const epoch = event.iteration / perEpoch;
    if (event.type !== 'step' || !epochs.includes(epoch)) continue;
    const { mean } = await judge.oracleNll(run, 10_000);
    found.push({ epoch, oracle: mean, test: (await judge.testNll(run, test)).mean });
  }
  await judge.dispose();
  await run.dispose();
  await backend.dispose();
  console.log(`vocabulary ${vocabulary}`, JSON.stringify(found));
  return found;
}

describe('maximum likelihood at full size, batches in the order of the data', () => {
  // The published curve is one run of the authors' code; the mean of five, each on sequences of its own, is compared.
  // Its log counts epochs from 0 and measures after the epoch: 5 is the sixth.
  const epochs = [6, 11, 16];
  const runs: Awaited<ReturnType<typeof learn>>[] = [];
  for (const seed of [1, 2, 3, 4, 5]) {
    it(`learns from 10 000 sequences of the oracle, seed ${seed}`, async (ctx) => {
      if (!available) ctx.skip(`the oracle's parameters are not in ${parameters}`);
      const found = await learn({
        vocabulary: 5000,
        count: 10_000,
        epochs,
        seed,
        draw: seed,
        shuffle: false,
      });
      expect(found.map(({ epoch }) => epoch)).toEqual(epochs);
      runs.push(found);
    });
  }

  const distance = (i: number, published: number): number =>
    Math.abs(runs.reduce((sum, found) => sum + (found[i]?.oracle as number), 0) / runs.length - published);

  it('is within 0.06 of the published 9.429 after epoch 5', (ctx) => {
    if (runs.length === 0) ctx.skip('nothing was trained');
    expect(distance(0, 9.429)).toBeLessThan(0.06);
  });

  it('is within 0.06 of the published 9.239 after epoch 10', (ctx) => {
    if (runs.length === 0) ctx.skip('nothing was trained');
    expect(distance(1, 9.239)).toBeLessThan(0.06);
  });

  // NOT REACHED: 0.093 above. The authors' code itself, run on TensorFlow 2.21, ends 0.06 above (docs/packages/discrete.md).
  it.fails('is within 0.06 of the published 9.119 after epoch 15', (ctx) => {
    if (runs.length === 0) ctx.skip('nothing was trained');
    expect(distance(2, 9.119)).toBeLessThan(0.06);
  });

  it('is within 0.06 of the authors’ code run anew, everywhere', (ctx) => {
    if (runs.length === 0) ctx.skip('nothing was trained');
    for (const [i, nll] of [9.465, 9.229, 9.178].entries()) expect(distance(i, nll)).toBeLessThan(0.06);
  });
});

it('follows the reference curve in the world of 200 tokens', async (ctx) => {
  if (!available) ctx.skip(`the oracle's parameters are not in ${parameters}`);
  const found = await learn({ vocabulary: 200, count: 10_048, epochs: [1, 3, 5, 10, 20] });
  const wanted = { oracle: [5.821, 5.207, 5.089, 4.918, 4.804], test: [4.208, 3.956, 3.9, 3.853, 3.838] };
  for (const [i, { oracle, test }] of found.entries()) {
    expect(Math.abs(oracle - (wanted.oracle[i] as number))).toBeLessThan(0.1);
    expect(Math.abs(test - (wanted.test[i] as number))).toBeLessThan(0.1);
  }
});

it('follows the reference curve in the world of 50 tokens', async (ctx) => {
  if (!available) ctx.skip(`the oracle's parameters are not in ${parameters}`);
  // One run's NLL_oracle moves by 0.05 from epoch to epoch here: the mean of three is compared.
  const runs: Awaited<ReturnType<typeof learn>>[] = [];
  for (const seed of [1, 2, 3]) {
    runs.push(await learn({ vocabulary: 50, count: 10_048, epochs: [15, 20, 30], seed }));
  }
  const meanOf = (i: number, what: 'oracle' | 'test') =>
    runs.reduce((sum, found) => sum + (found[i]?.[what] as number), 0) / runs.length;
  const wanted = { oracle: [3.024, 2.913, 2.851], test: [2.324, 2.319, 2.317] };
  for (const [i, nll] of wanted.oracle.entries()) {
    expect(Math.abs(meanOf(i, 'oracle') - nll)).toBeLessThan(0.1);
    expect(Math.abs(meanOf(i, 'test') - (wanted.test[i] as number))).toBeLessThan(0.1);
  }
});
