import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runMain } from './run-main.js';
import { inTemporaryFolder } from './temporary-folder.js';

const built = fileURLToPath(new URL('../../../.cache/tfjs-node', import.meta.url));
const from = process.env.GANYMEDE_TFJS_NODE ?? (existsSync(join(built, 'setup.json')) ? built : undefined);

inTemporaryFolder();
const tiny = ['--set', 'width=2', '--set', 'data.count=100', '--batch', '8'];

it('trains on libtensorflow and goes on there', async (context) => {
  if (from === undefined)
    context.skip('tfjs-node is not installed: `node tools/setup-tfjs-node.mjs` builds it');
  const chosen = ['--backend', 'tfjs-node', '--set', `backend.from=${from}`];
  const trained = await runMain('train', 'dcgan', ...tiny, ...chosen, '--steps', '3', '--out', 'run');
  expect(trained.status, trained.stderr).toBe(0);
  expect(trained.stderr).toMatch(/✓ backend {2}tfjs-node · (cpu|gpu) .*libtensorflow \d/);
  const resumed = await runMain('resume', 'run', '--steps', '5');
  expect(resumed.status, resumed.stderr).toBe(0);
  expect(resumed.stderr).toContain('tfjs-node · ');
});

it('says what to install where there is no tfjs-node', async () => {
  const ran = await runMain(
    'train',
    'dcgan',
    ...tiny,
    '--backend',
    'tfjs-node',
    '--set',
    'backend.from=.',
    '--steps',
    '1',
  );
  expect(ran.status).toBe(1);
  expect(ran.stderr).toContain('GANYMEDE_BACKEND_UNAVAILABLE');
  expect(ran.stderr).toContain('npm install @tensorflow/tfjs-node');
});
