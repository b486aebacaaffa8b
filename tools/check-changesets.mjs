// Asks for a changeset when a package changed since the base branch. Without a base to compare with there is nothing to ask.
import process from 'node:process';
import { command, run } from './toolchain.mjs';

const git = (...args) => run('git', args);
const exists = (branch) => git('rev-parse', '--verify', '--quiet', `${branch}^{commit}`).ok;
const head = git('rev-parse', '--abbrev-ref', 'HEAD').output.trim();
const base = ['origin/main', ...(head === 'main' ? [] : ['main'])].find(exists);

if (!base) {
  process.stdout.write('no base branch to compare with: changesets not checked\n');
} else {
  const { ok, output } = run(command('changeset'), ['status', `--since=${base}`]);
  process.stdout.write(output);
  if (!ok) process.exitCode = 1;
}
