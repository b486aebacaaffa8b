import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { testDataset } from '@ganymede/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenFile, tokens } from './tokens.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ganymede-tokens-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(text: string | Uint8Array): Promise<string> {
  const path = join(folder, 'text.txt');
  await writeFile(path, text);
  return path;
}

const numbers = [
  [1, 2, 3],
  [4, 0, 1],
  [2, 2, 2],
];
const words = 'the cat sat\n\nthe dog\nthe cat ran off\n';

testDataset({ name: 'tokens', create: () => tokens(numbers, { vocabulary: 5 }) });
testDataset({
  name: 'tokens of a file',
  create: async () => tokens(await file(words)),
  modules: [tokenFile],
});

const code = (error: string) => expect.objectContaining({ code: `GANYMEDE_DATA_${error}` });

describe('tokens', () => {
  it('takes numbers from arrays', async () => {
    const dataset = tokens(numbers, { length: 3, vocabulary: 10 });
    expect(dataset.fields).toEqual({ tokens: { dtype: 'int32', shape: [3], classes: 10 } });
    expect(dataset.summary).toBe('tokens, 3 sequences of 3, vocabulary 10');
    expect([...(await dataset.read([1])).tokens!.data]).toEqual([4, 0, 1]);
    expect(tokens(numbers).fields.tokens?.classes).toBe(5);
    expect(tokens([[1, 2], [0]], { pad: 3 }).fields.tokens?.classes).toBe(4);
    expect(dataset.decode((await dataset.read([1])).tokens!)).toEqual(['4 0 1']);
  });

  it('builds a vocabulary from words, padding the short lines, and decodes', async () => {
    const dataset = await tokens(await file(words));
    expect(dataset.vocabulary).toEqual(['<pad>', 'the', 'cat', 'dog', 'off', 'ran', 'sat']);
    expect(dataset.fields.tokens).toEqual({ dtype: 'int32', shape: [4], classes: 7 });
    const { tokens: read } = await dataset.read([0, 1, 2]);
    expect([...read!.data]).toEqual([1, 2, 6, 0, 1, 3, 0, 0, 1, 2, 5, 4]);
    expect(dataset.decode(read!)).toEqual(['the cat sat', 'the dog', 'the cat ran off']);
  });

  it('reads numbers and gzip from files, cuts and fills', async () => {
    const dataset = await tokens(await file(gzipSync('5 6 7\n8\n')), { length: 2, pad: 0 });
    expect([...(await dataset.read([0, 1])).tokens!.data]).toEqual([5, 6, 8, 0]);
    expect(dataset.vocabulary).toBeUndefined();
    expect(dataset.fields.tokens?.classes).toBe(9);
  });

  it('splits characters', async () => {
    const dataset = await tokens(await file('CCO\nCC\n'), { unit: 'character' });
    expect(dataset.vocabulary).toEqual(['<pad>', 'C', 'O']);
    expect(dataset.decode((await dataset.read([0, 1])).tokens!)).toEqual(['CCO', 'CC']);
  });

  it('keeps a given vocabulary in its order', async () => {
    const dataset = tokens([['b', 'a']], { vocabulary: ['a', 'b', 'c'] });
    expect([...(await dataset.read([0])).tokens!.data]).toEqual([1, 0]);
    expect(() => tokens([['z']], { vocabulary: ['a'] })).toThrow(code('TOKEN'));
  });

  it('refuses tokens outside the vocabulary, short sequences without a filler, nothing', async () => {
    expect(() => tokens(numbers, { vocabulary: 4 })).toThrow(code('TOKEN'));
    expect(() => tokens([[1, -1]])).toThrow(code('TOKEN'));
    expect(() => tokens([[1, 0.5]])).toThrow(code('TOKEN'));
    expect(() => tokens([[1], [1, 2]])).toThrow(code('SHAPE'));
    expect(() => tokens([])).toThrow(code('EMPTY'));
    await expect(tokens(await file('\n \n'))).rejects.toThrow(code('EMPTY'));
    await expect(tokens(join(folder, 'none'))).rejects.toThrow(code('MISSING'));
  });
});
