import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { ImageCosts } from './batch-sizes.js';
import { performanceTable } from './performance-table.js';
import type { Row } from './measure-row.js';
import { workloads } from './workloads/all.js';

export const summary =
  'all rows against PyTorch, as a Markdown table; --write puts it into docs/performance.md';

const page = new URL('../docs/performance.md', import.meta.url);

/**
 * Measures every workload, each in a process of its own so that its peak memory is its own, and prints the table. `--write`
 * puts it between the marks in docs/performance.md. `--only a,b` measures some rows; `--blocks`, `--threads` as for a row.
 */
export async function run(args: readonly string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      blocks: { ...text, default: '9' },
      threads: { ...text, default: String(availableParallelism()) },
      only: text,
      write: { type: 'boolean' },
    },
  });
  const common = ['--json', '--threads', values.threads];
  const wanted = values.only?.split(',');
  const peak = await reported<number>('gemm-peak', common);
  const rows: Row[] = [];
  for (const { name } of workloads.filter((one) => wanted?.includes(one.name) ?? true)) {
    console.error(`measuring ${name}`);
    rows.push(await reported<Row>(name, [...common, '--blocks', values.blocks]));
  }
  console.error('measuring batch sizes');
  const costs = await reported<ImageCosts>('batch-sizes', [...common, '--blocks', values.blocks]);
  const markdown = performanceTable({
    rows,
    costs,
    peak,
    machine: `${cpus()[0]?.model.trim()}, ${values.threads} threads, node ${process.versions.node}`,
    date: new Date().toISOString().slice(0, 10),
  });
  console.log(markdown);
  if (values.write) writeInto(markdown);
}

/** What `npm run bench -- <name> --json` reports on its last line. */
async function reported<Report>(name: string, args: readonly string[]): Promise<Report> {
  const script = fileURLToPath(new URL('run.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, script, name, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
  return JSON.parse(output.trim().split('\n').at(-1) as string) as Report;
}

function writeInto(markdown: string): void {
  const marks = /(<!-- figures -->\n)[\s\S]*(<!-- end of figures -->)/;
  const before = fs.readFileSync(page, 'utf8');
  fs.writeFileSync(
    page,
    before.replace(marks, (_, start, end) => `${start}\n${markdown}\n\n${end}`),
  );
}
