import fs from 'node:fs';
import path from 'node:path';
import { ortBackend } from '@ganymede/backend-ort';
import { type Backend, createRng, type Rng } from '@ganymede/core';
import { compileOracle, readOracle } from '@ganymede/metrics';
import { type Value, value } from '@ganymede/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawOracleSequences } from './draw-oracle-sequences.js';
import { sampleOracle } from './oracle-sampler.js';
import { oracleSequences } from './oracle-sequences.js';

const shared = process.env.GANYMEDE_SHARED ?? path.resolve(import.meta.dirname, '../../../../../shared');
const published = path.join(shared, 'data/seqgan');
const available = fs.existsSync(path.join(published, 'target_params.json'));
const [length, rng] = [20, createRng(17)];

let backend: Backend;
beforeAll(async () => {
  backend = await ortBackend({ device: 'cpu' });
});
afterAll(() => backend.dispose());

/** Mean NLL per token of sequences under the oracle. */
async function judge(vocabulary: number, sequences: readonly Value<'int32'>[]): Promise<number[]> {
  const oracle = await readOracle(published, vocabulary);
  const { score, dispose } = await compileOracle(oracle, length, backend);
  const means: number[] = [];
  for (const { data } of sequences) {
    let sum = 0;
    for (let at = 0; at < data.length; at += 64 * length) {
      const part = data.slice(at, at + 64 * length);
      for (const nll of await score(value('int32', [part.length / length, length], part))) sum += nll;
    }
    means.push(sum / data.length);
  }
  await dispose();
  return means;
}

const uniformTokens = (count: number, vocabulary: number): Value<'int32'> =>
  value(
    'int32',
    [count, length],
    rng.child('uniform').draw([count, length], { kind: 'integers', high: vocabulary }).data as Int32Array,
  );

/** Sequences drawn by token counts: of each token alone (`order` 0), or of each token after the one before it (1). */
function markov(
  real: Value<'int32'>,
  vocabulary: number,
  count: number,
  order: 0 | 1,
  draws: Rng,
): Value<'int32'> {
  const counts = new Map<number, number[]>();
  const context = (data: Int32Array, at: number) =>
    order === 0 ? 0 : at % length === 0 ? -1 : (data[at - 1] as number);
  for (const [at, token] of real.data.entries()) {
    const key = context(real.data, at);
    const seen = counts.get(key) ?? [];
    seen.push(token);
    counts.set(key, seen);
  }
  const all = counts.get(0) as number[];
  const uniform = draws.draw([count * length], { kind: 'uniform' }).data as Float32Array;
  const drawn = new Int32Array(count * length);
  for (let at = 0; at < drawn.length; at++) {
    // A token drawn from the list of those seen in this context: by frequency.
    const seen = counts.get(context(drawn, at)) ?? all;
    drawn[at] = seen[Math.floor((uniform[at] as number) * seen.length)] as number;
  }
  expect(drawn.every((token) => token < vocabulary)).toBe(true);
  return value('int32', [count, length], drawn);
}

describe('the published oracle', () => {
  it('scores its own samples 5.766, and uniform tokens 11.44', { timeout: 120_000 }, async (ctx) => {
    if (!available) ctx.skip(`the oracle's parameters are not in ${published}`);
    const oracle = await readOracle(published);
    const own = await drawOracleSequences(oracle, 4000, length, rng.child('own'), backend);
    const [ownNll, uniformNll] = await judge(5000, [own, uniformTokens(4000, 5000)]);
    expect(Math.abs((ownNll as number) - 5.766)).toBeLessThan(0.03);
    expect(Math.abs((uniformNll as number) - 11.44)).toBeLessThan(0.03);
  });

  const worlds = [
    [50, 1.895, 3.632, 5.009, 6.57],
    [200, 3.03, 5.149, 6.891, 8.048],
    [500, 3.683, 6.087, 7.93, 9.102],
  ] as const;
  for (const [vocabulary, ...figures] of worlds) {
    it(`keeps its figures in the world of ${vocabulary} tokens`, { timeout: 120_000 }, async (ctx) => {
      if (!available) ctx.skip(`the oracle's parameters are not in ${published}`);
      const oracle = await readOracle(published, vocabulary);
      const own = await drawOracleSequences(oracle, 10_000, length, rng.child(`own/${vocabulary}`), backend);
      const found = await judge(vocabulary, [
        own,
        markov(own, vocabulary, 4000, 1, rng.child('bigram')),
        markov(own, vocabulary, 4000, 0, rng.child('unigram')),
        uniformTokens(4000, vocabulary),
      ]);
      for (const [i, figure] of figures.entries()) {
        expect(Math.abs((found[i] as number) - figure)).toBeLessThan(0.05);
      }
    });
  }

  it('draws the same sequences in plain TypeScript as on a backend', async (ctx) => {
    if (!available) ctx.skip(`the oracle's parameters are not in ${published}`);
    const oracle = await readOracle(published, 200);
    const draws = rng.child('compare');
    const plain = sampleOracle(oracle, 100, length, draws);
    const fast = await drawOracleSequences(oracle, 100, length, draws, backend);
    // One token within rounding of a boundary changes the rest of its sequence.
    expect(plain.filter((token, i) => token !== fast.data[i]).length).toBeLessThanOrEqual(length);
  });
});

describe('oracleSequences', () => {
  it('is a dataset of tokens with a source, the same for the same seed', async (ctx) => {
    if (!available) ctx.skip(`the oracle's parameters are not in ${published}`);
    const options = { parameters: published, vocabulary: 50, count: 100, length: 6 };
    const [a, b, c] = await Promise.all([
      oracleSequences(options),
      oracleSequences(options),
      oracleSequences({ ...options, seed: 1 }),
    ]);
    expect(a.fields.tokens).toEqual({ dtype: 'int32', shape: [6], classes: 50 });
    expect(a.length).toBe(100);
    expect(a.source?.id).toBe('@ganymede/discrete/oracle');
    expect(await a.hash()).toBe(await b.hash());
    expect(await a.hash()).not.toBe(await c.hash());
    const { tokens } = await a.read([3, 0, 3]);
    expect(tokens?.shape).toEqual([3, 6]);
    const rows = tokens?.data as Int32Array;
    expect(rows.slice(0, 6)).toEqual(rows.slice(12));
  });
});
