// Nx with the environment of this repository (no daemon, no cloud, the pinned pnpm).
import process from 'node:process';
import { command, run } from './toolchain.mjs';

process.exitCode = run(command('nx'), process.argv.slice(2), { show: true }).ok ? 0 : 1;
