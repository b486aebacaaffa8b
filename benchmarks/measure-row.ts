import process from 'node:process';
import { ortBackend } from '@ganymede/backend-ort';
import { alternate, type Measurement } from './alternate.js';
import { createStepContender } from './step-contender.js';
import { torchContenders } from './torch-contenders.js';
import type { Workload } from './workload.js';

export interface RowOptions {
  readonly threads: number;
  /** Blocks of each side. */
  readonly blocks: number;
  /** Steps in a block. Default: as many as take about 0.6 s. */
  readonly steps?: number | undefined;
  /** Start of the path of a kernel trace. */
  readonly profile?: string | undefined;
}

/** One side's figures. */
export interface Side extends Measurement {
  readonly losses: readonly number[];
  /** Bytes that its process held at most, runtime and libraries included. */
  readonly peakMemory: number;
}

/** A measured row of the table. */
export interface Row {
  readonly name: string;
  readonly title: string;
  readonly threads: number;
  readonly steps: number;
  readonly backend: string;
  readonly nodes: number;
  readonly compileMs: number;
  readonly operations: number;
  readonly own: Side;
  /** Every memory layout of PyTorch. */
  readonly torch: readonly Side[];
  readonly torchVersion: string | undefined;
}

/** Times one workload here and in PyTorch, in turn. Throws where the two have other numbers of parameters. */
export async function measureRow(workload: Workload, options: RowOptions): Promise<Row> {
  const { threads, blocks, profile } = options;
  const backend = await ortBackend({ device: 'cpu', threads, ...(profile && { profile }) });
  const own = await createStepContender('ganymede', backend, workload);
  const first = await own.block(2);
  const steps = options.steps ?? Math.min(20, Math.max(2, Math.round(600 / Math.min(...first))));
  const peers = await torchContenders(workload, threads);
  for (const { parameters } of peers) {
    if (String(parameters) !== String(own.parameters))
      throw new Error(`${workload.name}: ${own.parameters} parameters here, ${parameters} in PyTorch`);
  }
  const [mine, ...theirs] = (await alternate([own, ...peers], { blocks, steps, warmUp: 3 })) as [
    Measurement,
    ...Measurement[],
  ];
  const row: Row = {
    name: workload.name,
    title: workload.title,
    threads,
    steps,
    backend: backend.summary,
    nodes: own.nodes,
    compileMs: own.compileMs,
    operations: own.operations,
    own: { ...mine, losses: own.losses(), peakMemory: 1024 * process.resourceUsage().maxRSS },
    torch: theirs.map((measured, i) => {
      const peer = peers[i] as (typeof peers)[number];
      return { ...measured, losses: peer.losses(), peakMemory: peer.peakMemory() };
    }),
    torchVersion: peers[0]?.version,
  };
  for (const peer of peers) await peer.stop();
  await own.dispose();
  await backend.dispose();
  return row;
}

/** The faster of PyTorch's layouts: the one that counts. */
export const betterTorch = ({ torch }: Row): Side | undefined =>
  [...torch].sort((a, b) => a.median - b.median)[0];
