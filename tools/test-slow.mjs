// Runs the tests that train for minutes (`*.slow.test.ts`), which `npm test` leaves out.
import process from 'node:process';
import { command, environment, run } from './toolchain.mjs';

const { ok } = run(command('vitest'), ['run', '--passWithNoTests', ...process.argv.slice(2)], {
  show: true,
  env: { ...environment(), GANYMEDE_SLOW: '1' },
});
process.exit(ok ? 0 : 1);
