import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { value } from '@ganymede/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleFile, saveSamples } from './save-samples.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ganymede-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const images = value('float32', [2, 1, 2, 2], Float32Array.from([-1, 1, -1, 1, 0, 0, 0, 0]));
const points = value('float32', [2, 2], Float32Array.from([0, 1, 2, 3]));
const tokens = value('int32', [2, 3], Int32Array.from([1, 2, 3, 4, 5, 6]));

describe('saveSamples', () => {
  it('writes what people look at, and numbers as JSON, into a folder it makes', async () => {
    const at = (name: string) => join(folder, 'new', name);
    const png = await saveSamples(images, 'images', at('a'));
    expect(png).toBe(at('a.png'));
    expect((await readFile(png)).subarray(1, 4).toString()).toBe('PNG');
    const svg = await saveSamples(points, 'points', at('b'));
    expect(await readFile(svg, 'utf8')).toContain('>2 samples<');
    const text = await saveSamples(tokens, 'tokens', at('c.txt'));
    expect(await readFile(text, 'utf8')).toBe('1 2 3\n4 5 6\n');
    const json = await saveSamples(points, 'points', at('d.json'));
    expect(JSON.parse(await readFile(json, 'utf8'))).toEqual({ shape: [2, 2], data: [0, 1, 2, 3] });
  });

  it('refuses a place that cannot be', async () => {
    await saveSamples(tokens, 'tokens', join(folder, 'file.txt'));
    await expect(saveSamples(tokens, 'tokens', join(folder, 'file.txt', 'x'))).rejects.toMatchObject({
      code: 'GANYMEDE_WRITE',
    });
  });
});

describe('sampleFile', () => {
  it.each([
    ['x', 'images', 'x.png'],
    ['x.png', 'images', 'x.png'],
    ['a.b/x', 'points', 'a.b/x.svg'],
    ['x.json', 'tokens', 'x.json'],
  ] as const)('%s of %s is %s', (file, kind, path) => expect(sampleFile(file, kind)).toBe(path));

  it.each([
    ['x.jpg', 'images'],
    ['x.png', 'tokens'],
    ['x.svg', 'images'],
  ] as const)('refuses %s of %s', (file, kind) => {
    expect(() => sampleFile(file, kind)).toThrow(expect.objectContaining({ code: 'GANYMEDE_USAGE' }));
  });
});
