import { availableParallelism, cpus } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { betterTorch, measureRow, type Row } from './measure-row.js';
import { table } from './table.js';
import type { Workload } from './workload.js';

/** Measures one workload against PyTorch and prints what came out; with `--json`, as one line of JSON. */
export async function runRow(workload: Workload, args: readonly string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      blocks: { ...text, default: '7' },
      steps: text,
      threads: { ...text, default: String(availableParallelism()) },
      profile: text,
      json: { type: 'boolean' },
    },
  });
  const row = await measureRow(workload, {
    threads: Number(values.threads),
    blocks: Math.max(3, Number(values.blocks)),
    steps: values.steps === undefined ? undefined : Number(values.steps),
    profile: values.profile,
  });
  console.log(values.json ? JSON.stringify(row) : described(row));
}

function described(row: Row): string {
  const sides = [row.own, ...row.torch];
  const rows = sides.map(({ name, median, least, losses, peakMemory, blocks }) => [
    name,
    median,
    least,
    `${(peakMemory / 2 ** 20).toFixed(0)} MiB`,
    losses.map((x) => x.toFixed(3)).join(', '),
    blocks.map((x) => x.toFixed(0)).join(' '),
  ]);
  const best = betterTorch(row);
  const least = Math.min(...row.torch.map((side) => side.least));
  return [
    `${row.title}, ${row.threads} threads`,
    `${cpus()[0]?.model.trim()}, node ${process.versions.node}, ${row.backend}, pytorch ${row.torchVersion ?? 'absent'}`,
    `${row.nodes} nodes, built and compiled in ${row.compileMs.toFixed(0)} ms, ${(row.operations / 1e9).toFixed(2)} GFLOP\n`,
    table(['ms per step', 'median', 'least', 'memory', 'losses', `blocks of ${row.steps} steps`], rows),
    ...(best
      ? [
          `\nganymede / better pytorch: ${(row.own.median / best.median).toFixed(2)} by median, ${(row.own.least / least).toFixed(2)} by least`,
        ]
      : []),
  ].join('\n');
}
