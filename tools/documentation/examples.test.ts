import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findExamples, root, writeExamples } from './examples.js';

const examples = findExamples().filter(({ mode }) => mode !== 'no-run');
const written = writeExamples(examples, path.join(root, '.cache/examples'));
const rows = examples.map(({ file, line, mode }, i) => ({ file, line, mode, written: written[i] as string }));
const load = async (file: string): Promise<void> => {
  await import(/* @vite-ignore */ pathToFileURL(file).href);
};

describe('examples in the documentation', () => {
  const before = process.cwd();
  let scratch: string;
  // Runs, pictures and models that examples write go where nobody looks.
  beforeAll(() => {
    scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'ganymede-examples-'));
    process.chdir(scratch);
    vi.spyOn(console, 'log').mockImplementation(() => {});
  });
  afterAll(() => {
    vi.restoreAllMocks();
    process.chdir(before);
    fs.rmSync(scratch, { recursive: true, force: true });
  });

  it('exist', () => expect(examples.length).toBeGreaterThan(20));

  // An example's claims throw from within the import.
  it.each(rows.filter(({ mode }) => mode === 'run'))('$file:$line runs and gives what it says', (example) =>
    load(example.written),
  );

  describe.each(rows.filter(({ mode }) => mode === 'suite'))('$file:$line', (example) =>
    load(example.written),
  );
});
