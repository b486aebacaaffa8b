import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findExamples, root, writeExamples } from './examples.js';

const examples = findExamples().filter(({ runs }) => runs);
const files = writeExamples(examples, path.join(root, '.cache/examples'));

describe('examples in the documentation', () => {
  const before = process.cwd();
  let scratch: string;
  // Runs, pictures and models that examples write go where nobody looks.
  beforeAll(() => {
    scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'ganymede-examples-'));
    process.chdir(scratch);
  });
  afterAll(() => {
    process.chdir(before);
    fs.rmSync(scratch, { recursive: true, force: true });
  });

  it('exist', () => expect(examples.length).toBeGreaterThan(20));

  it.each(examples.map(({ file, line }, i) => ({ file, line, written: files[i] as string })))(
    '$file:$line runs and gives what it says',
    // The example's claims throw from within the import.
    ({ written }) => import(/* @vite-ignore */ pathToFileURL(written).href) as Promise<unknown>,
  );
});
