import { existsSync, readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { runRow } from './row.js';
import { workloads } from './workloads/all.js';

/** What a file `benchmarks/<name>.ts` exports to be run as `npm run bench -- <name>`. */
interface Benchmark {
  run(args: readonly string[]): Promise<void>;
}

const pathOf = (name: string): URL => new URL(`${name}.ts`, import.meta.url);

/** Whether a file declares a benchmark; read as text, because importing others could start them. */
const isBenchmark = (name: string): boolean =>
  name !== 'run' &&
  existsSync(pathOf(name)) &&
  /^export (const|function|async function) run\b/m.test(readFileSync(pathOf(name), 'utf8'));

const summaryOf = (name: string): string =>
  /^export const summary =\s+(['"])(.*)\1;$/m.exec(readFileSync(pathOf(name), 'utf8'))?.[2] ?? '';

function listed(): string {
  const files = readdirSync(new URL('.', import.meta.url))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -3))
    .filter(isBenchmark)
    .map((name) => [name, summaryOf(name)] as const);
  const rows = workloads.map(({ name, title }) => [name, `${title}, against PyTorch`] as const);
  return [...rows, ...files.sort()].map(([name, text]) => `  ${name.padEnd(22)} ${text}`).join('\n');
}

/** `npm run bench` measures everything; `npm run bench -- <name>` one thing. */
async function main([name = 'everything', ...args]: readonly string[]): Promise<number> {
  if (name.startsWith('--') && name !== '--help') return main(['everything', name, ...args]);
  const workload = workloads.find((one) => one.name === name);
  if (workload !== undefined) {
    await runRow(workload, args);
    return 0;
  }
  if (/^[a-z0-9-]+$/.test(name) && isBenchmark(name)) {
    const { run } = (await import(pathOf(name).href)) as Benchmark;
    await run(args);
    return 0;
  }
  console.error(`usage: npm run bench [-- <name>] [options]\n${listed()}`);
  return name === '--help' ? 0 : 2;
}

process.exitCode = await main(process.argv.slice(2));
