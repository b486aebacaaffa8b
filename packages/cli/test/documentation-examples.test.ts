import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extractExamples } from './extract-examples.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Below this package, because it can import every other one. */
const folder = fileURLToPath(new URL('../.examples/', import.meta.url));

const below = (directory: string, pattern: RegExp, recursive = true): string[] =>
  readdirSync(join(root, directory), { recursive, encoding: 'utf8' })
    .filter((file) => pattern.test(file) && !file.includes('node_modules'))
    .map((file) => join(directory, file));
const files = [
  ...below('.', /\.md$/, false),
  ...below('docs', /\.md$/),
  ...readdirSync(join(root, 'packages')).flatMap((name) =>
    below(join('packages', name, 'src'), /(?<!\.test)\.ts$/),
  ),
];
const texts = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')));
const examples = files.flatMap((file, i) => extractExamples(texts[i] ?? '', file));

beforeAll(() => mkdir(folder, { recursive: true }));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('examples in the documentation', () => {
  it('exist', () => expect(examples.length).toBeGreaterThan(0));

  it.each(examples)('$file:$line runs and gives what it says', async ({ code, file, line }) => {
    const name = `${createHash('sha256').update(`${file}:${line}`).digest('hex').slice(0, 12)}.ts`;
    await writeFile(join(folder, name), code);
    // The example's own assertions throw from within the import.
    await import(/* @vite-ignore */ pathToFileURL(join(folder, name)).href);
  });
});
