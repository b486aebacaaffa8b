import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ort } from '@ganymede/backend-ort';
import { createGanymede, createRng, type State } from '@ganymede/core';
import { afterAll, describe, expect, it } from 'vitest';
import { tokenDataset } from '../oracle/oracle-sequences.js';
import { discrete } from '../plugin.js';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ganymede-seqgan-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const tokens = createRng(2).draw([40 * 5], { kind: 'integers', high: 12 }).data as Int32Array<ArrayBuffer>;
const data = tokenDataset(tokens, { length: 5, vocabulary: 12, summary: 'random tokens' });
const ganymede = createGanymede({ plugins: [ort, discrete] });
const options = {
  pretrain: { epochs: 2 },
  discriminator: {
    embedding: 4,
    widths: [1, 3],
    filters: [4, 4],
    samples: 20,
    epochs: 2,
    pretrainRounds: 2,
    rounds: 2,
  },
  rollouts: 3,
  adversarialBatches: 3,
};
const begin = (out: string) =>
  ganymede.start('seqgan', {
    data,
    batch: 8,
    seed: 5,
    options,
    out: path.join(folder, out),
    checkpointEvery: 4,
    device: 'cpu',
  });

const bytesOf = (state: State) =>
  Object.entries(state)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, { data: x }]) =>
        `${name} ${Buffer.from(x.buffer, x.byteOffset, x.byteLength).toString('base64')}`,
    );

describe('resume', () => {
  it('ends with the same bytes wherever the run was cut', { timeout: 120_000 }, async () => {
    const whole = await begin('whole');
    await whole.complete();
    const iterations = whole.iteration;
    // 2 epochs of 5; 2 rounds of 2 epochs of 5; three times a policy step and 2 such rounds.
    expect(iterations).toBe(10 + 20 + 3 * 21);
    const wanted = bytesOf(await whole.state.snapshot());
    await whole.dispose();

    // In maximum likelihood, in and between rounds, just before, at and after a policy step.
    for (const cut of [7, 30, 31, 52]) {
      const first = await begin(`cut-${cut}`);
      for await (const event of first.advance()) if (event.type === 'step' && event.iteration === cut) break;
      // Disposed as it stands: what came after the last checkpoint is lost, as when the process is killed.
      await first.dispose();
      const second = await ganymede.resume(path.join(folder, `cut-${cut}`), { data });
      expect(second.iteration).toBe(cut - (cut % 4));
      await second.complete();
      expect(second.iteration).toBe(iterations);
      expect(bytesOf(await second.state.snapshot())).toEqual(wanted);
      await second.dispose();
    }
  });
});
