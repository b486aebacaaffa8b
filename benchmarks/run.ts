import { existsSync, readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';

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
  /^export const summary = '(.*)';$/m.exec(readFileSync(pathOf(name), 'utf8'))?.[1] ?? '';

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name !== undefined && /^[a-z0-9-]+$/.test(name) && isBenchmark(name)) {
    const { run } = (await import(pathOf(name).href)) as Benchmark;
    await run(args);
    return 0;
  }
  console.error(
    name === undefined ? 'usage: npm run bench -- <name> [options]' : `no benchmark "${name}"; there are`,
  );
  for (const file of readdirSync(new URL('.', import.meta.url)).sort()) {
    const known = file.endsWith('.ts') ? file.slice(0, -3) : '';
    if (known !== '' && isBenchmark(known)) console.error(`  ${known.padEnd(14)} ${summaryOf(known)}`);
  }
  return 2;
}

process.exitCode = await main(process.argv.slice(2));
