import process from 'node:process';
import { parseArgs } from 'node:util';
import { ortBackend } from '@ganymede/backend-ort';
import { median } from './alternate.js';
import { createStepContender } from './step-contender.js';
import { table } from './table.js';
import { workloads } from './workloads/all.js';

export const summary = 'CPU time, page faults and memory of a step on one thread: --only <row>, --steps';

/**
 * What a step costs the processor: on a machine that does other work too, times mean little, but the least CPU time on one
 * thread repeats within a few percent. Rows share a process; measure one (`--only`) for its peak memory.
 */
export async function run(args: readonly string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { only: text, steps: { ...text, default: '10' } },
  });
  const wanted = values.only?.split(',');
  const rows: string[][] = [];
  for (const workload of workloads.filter(({ name }) => wanted?.includes(name) ?? true)) {
    const backend = await ortBackend({ device: 'cpu', threads: 1 });
    const before = process.cpuUsage();
    const step = await createStepContender(workload.name, backend, workload);
    const compiling = milliseconds(process.cpuUsage(before));
    await step.block(3);
    const times: number[] = [];
    const faults: number[] = [];
    for (let i = 0; i < Number(values.steps); i++) {
      const [cpu, { minorPageFault }] = [process.cpuUsage(), process.resourceUsage()];
      await step.block(1);
      times.push(milliseconds(process.cpuUsage(cpu)));
      faults.push(process.resourceUsage().minorPageFault - minorPageFault);
    }
    rows.push([
      workload.name,
      Math.min(...times).toFixed(1),
      median(times).toFixed(1),
      median(faults).toFixed(0),
      compiling.toFixed(0),
      (process.resourceUsage().maxRSS / 1024).toFixed(0),
    ]);
    await step.dispose();
    await backend.dispose();
  }
  const head = ['a step of', 'least ms of CPU', 'median', 'page faults', 'compiling, ms', 'peak MiB'];
  console.log(table(head, rows));
}

const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;
