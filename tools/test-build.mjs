// Packs the package in the current folder as it would be published and checks it with publint and attw.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { command, pnpm, root, run } from './toolchain.mjs';

const cwd = process.cwd();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ganymede-pack-'));

/** A step of the check; the first that fails ends it. */
const step = (name, { ok, output }) => {
  if (ok) return;
  process.stderr.write(`${output.trimEnd()}\n✗ ${name}: ${path.relative(root, cwd)}\n`);
  process.exitCode = 1;
  throw new Error(`${name} failed`);
};

try {
  step('pack', pnpm(['pack', '--pack-destination', folder], { cwd }));
  const tarball = path.join(folder, fs.readdirSync(folder)[0]);
  step('publint', run(command('publint'), ['run', '--strict', tarball], { cwd }));
  step('attw', run(command('attw'), ['--profile', 'esm-only', tarball], { cwd }));
} catch {
  process.exitCode = 1;
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
