import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Dataset, type MetricInput, referenceBackend, unflattenTree } from '@ganymede/core';
import {
  constant,
  evaluate,
  input as placeholder,
  numbersOf,
  type Tensor,
  type Value,
  valueOf,
} from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { compileOracle, nllOracle, readOracle, sequenceNll } from './nll-oracle.js';

const shared = process.env.GANYMEDE_SHARED ?? path.resolve(import.meta.dirname, '../../../../shared');
const published = path.join(shared, 'data/seqgan');
const available = fs.existsSync(path.join(published, 'target_params.json'));

/** -log p of each token, by the reference interpreter. */
async function nllOf(tokens: readonly number[], length: number, vocabulary?: number): Promise<number[]> {
  const oracle = await readOracle(published, vocabulary);
  const variables = Object.fromEntries(
    Object.entries(oracle.variables).map(([name, v]) => [name, constant(v)]),
  );
  const rows = tokens.length / length;
  const y = placeholder('y', ['N', length], 'int32');
  const feeds = { y: valueOf(tokens, [rows, length], 'int32') };
  return numbersOf(evaluate({ nll: sequenceNll(unflattenTree<Tensor>(variables), y) }, feeds).nll as Value);
}

describe('the published oracle', () => {
  it('gives the fixed sequence 0, 7, …, 133 its known likelihood', async (ctx) => {
    if (!available) ctx.skip(`the oracle's parameters are not in ${published}`);
    const nll = await nllOf(
      Array.from({ length: 20 }, (_, t) => 7 * t),
      20,
    );
    for (const [t, expected] of [12.34765, 12.7585, 9.30231].entries())
      expect(nll[t]).toBeCloseTo(expected, 4);
    expect(nll.reduce((a, b) => a + b, 0) / 20).toBeCloseTo(11.52838, 4);
  });

  it('is a distribution over the tokens kept, in a reduced world', async (ctx) => {
    if (!available) ctx.skip(`the oracle's parameters are not in ${published}`);
    const nll = await nllOf(Array.from({ length: 50 }, (_, v) => [3, v]).flat(), 2, 50);
    const total = nll.filter((_, i) => i % 2 === 1).reduce((sum, x) => sum + Math.exp(-x), 0);
    expect(total).toBeCloseTo(1, 5);
  });
});

/** Two tokens, one hidden unit, little-endian: small enough to write by hand. */
function writeOracle(edit: (index: { tensors: { name: string }[] }) => unknown = () => {}): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ganymede-oracle-'));
  const shapes: [string, number[]][] = [
    ['emb', [2, 1]],
    ...['i', 'f', 'og', 'c'].flatMap((gate): [string, number[]][] => [
      [`W${gate}`, [1, 1]],
      [`U${gate}`, [1, 1]],
      [`b${gate}`, [1]],
    ]),
    ['Wo', [1, 2]],
    ['bo', [2]],
  ];
  let offset = 0;
  const tensors = shapes.map(([name, shape]) => {
    const bytes = 4 * shape.reduce((a, b) => a * b, 1);
    offset += bytes;
    return { name, shape, offset: offset - bytes, bytes };
  });
  const index = { file: 'target_params.bin', tensors };
  edit(index);
  const numbers = Float32Array.from({ length: offset / 4 }, (_, i) => Math.sin(i + 1));
  fs.writeFileSync(path.join(folder, 'target_params.json'), JSON.stringify(index));
  fs.writeFileSync(path.join(folder, 'target_params.bin'), new Uint8Array(numbers.buffer));
  return folder;
}

describe('readOracle', () => {
  it('lays the gates side by side: input, forget, output, candidate', async () => {
    const { vocabulary, variables } = await readOracle(writeOracle());
    expect(vocabulary).toBe(2);
    // Stored order: emb 2, then W U b of i, f, og, c, then Wo 2, bo 2; entry i is sin(i + 1).
    const at = (...indices: number[]) => indices.map((i) => Math.fround(Math.sin(i + 1)));
    expect(numbersOf(variables['lstm/kernel'] as Value)).toEqual(at(2, 5, 8, 11));
    expect(numbersOf(variables['lstm/recurrent'] as Value)).toEqual(at(3, 6, 9, 12));
    expect(numbersOf(variables['lstm/bias'] as Value)).toEqual(at(4, 7, 10, 13));
    expect(numbersOf(variables['output/kernel'] as Value)).toEqual(at(14, 15));
    expect(variables['output/kernel']?.shape).toEqual([2, 1]);
  });

  it.each([
    ['a folder that is missing', () => '/nowhere/at/all'],
    ['an index without a tensor', () => writeOracle((index) => index.tensors.pop())],
    [
      'a file cut short',
      () => {
        const folder = writeOracle();
        fs.truncateSync(path.join(folder, 'target_params.bin'), 40);
        return folder;
      },
    ],
    [
      'an index that is not JSON',
      () => {
        const folder = writeOracle();
        fs.writeFileSync(path.join(folder, 'target_params.json'), '{');
        return folder;
      },
    ],
  ])('refuses %s', async (_, make) => {
    await expect(readOracle(make())).rejects.toMatchObject({ code: 'GANYMEDE_ORACLE_PARAMETERS' });
  });

  it('refuses more tokens than there are', async () => {
    await expect(readOracle(writeOracle(), 3)).rejects.toMatchObject({ code: 'GANYMEDE_ORACLE_PARAMETERS' });
  });
});

describe('nllOracle', () => {
  /** Two tokens, always the same ten sequences. */
  const tokens = valueOf(
    Array.from({ length: 30 }, (_, i) => (i * i) % 2),
    [10, 3],
    'int32',
  );
  const input = async (source?: Dataset['source']): Promise<MetricInput> => ({
    samples: async function* () {
      yield tokens;
      yield tokens;
    },
    untrained: async function* () {},
    dataset: {
      summary: 'ones and zeros',
      length: 10,
      fields: { tokens: { dtype: 'int32', shape: [3], classes: 2 } },
      ...(source === undefined ? {} : { source }),
      read: async () => ({ tokens }),
      hash: async () => 'abc',
    },
    backend: await referenceBackend(),
    state: {},
    seed: 4,
  });

  it('is the mean over tokens, with what is needed to repeat it', async () => {
    const folder = writeOracle();
    const [measured] = await nllOracle({ parameters: folder, count: 20 }).measure(await input());
    const oracle = await readOracle(folder);
    const { score } = await compileOracle(oracle, 3, await referenceBackend());
    const nll = await score(tokens);
    expect(measured?.value).toBeCloseTo(nll.reduce((a, b) => a + b, 0) / 30, 6);
    expect(measured?.provenance).toMatchObject({
      generatedSamples: 20,
      seed: 4,
      vocabulary: 2,
      dataHash: 'abc',
    });
    expect(measured?.provenance.standardError).toBeGreaterThan(0);
  });

  it('finds the oracle that the data were drawn from', async () => {
    const source = { id: '@ganymede/discrete/oracle', options: { parameters: writeOracle(), vocabulary: 2 } };
    const [measured] = await nllOracle().measure(await input(source));
    expect(measured?.provenance.vocabulary).toBe(2);
  });

  it('refuses data of no oracle', async () => {
    await expect(nllOracle().measure(await input())).rejects.toMatchObject({
      code: 'GANYMEDE_ORACLE_PARAMETERS',
    });
  });
});
