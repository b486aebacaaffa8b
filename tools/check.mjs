// Every static check, one line each; the output of those that fail follows.
import fs from 'node:fs';
import process from 'node:process';
import { command, pnpm } from './toolchain.mjs';

if (!fs.existsSync(command('tsc'))) {
  process.stderr.write('✗ nothing is installed yet: run `npm run setup` first\n');
  process.exit(1);
}

const checks = ['types', 'lint', 'unused', 'dependencies', 'changesets', 'packages'];
const failed = [];

for (const name of checks) {
  const started = Date.now();
  const { ok, output } = pnpm(['--silent', 'run', `check:${name}`]);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${ok ? '✓' : '✗'} ${name.padEnd(76)} ${seconds} s\n`);
  if (!ok) {
    failed.push(name);
    process.stdout.write(`${output.trimEnd()}\n\n`);
  }
}

if (failed.length > 0) {
  process.stdout.write(`✗ ${failed.length} of ${checks.length} checks failed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
