// Runs the tests that train for minutes (`*.slow.test.ts`), which `npm test` leaves out.
import path from 'node:path';
import process from 'node:process';
import { environment, root, run } from './toolchain.mjs';

const vitest = path.join(root, 'node_modules', '.bin', 'vitest');
const { ok } = run(vitest, ['run', '--passWithNoTests', ...process.argv.slice(2)], {
  show: true,
  env: { ...environment(), GANYMEDE_SLOW: '1' },
});
process.exit(ok ? 0 : 1);
