import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ortBackend } from '@ganymede/backend-ort';
import { alternate } from './alternate.js';
import { createStepContender } from './step-contender.js';
import { table } from './table.js';
import { dcganWorkload } from './workloads/dcgan.js';

export const summary = "a DCGAN-28 step's cost per image, for batches of 8 to 128";

/** Milliseconds per image of DCGAN-28's step, by batch size. */
export type ImageCosts = readonly {
  readonly batch: number;
  readonly median: number;
  readonly least: number;
}[];

/** Measures all batch sizes in turn. */
export async function imageCosts(threads: number, blocks: number): Promise<ImageCosts> {
  const backend = await ortBackend({ device: 'cpu', threads });
  const sizes = [8, 16, 32, 64, 128];
  const contenders = [];
  for (const batch of sizes) {
    const contender = await createStepContender(`batch ${batch}`, backend, dcganWorkload(28, batch));
    // As many images in a block of each.
    const steps = 256 / batch;
    contenders.push({ name: contender.name, block: (count: number) => contender.block(count * steps) });
  }
  const measured = await alternate(contenders, { blocks, steps: 1, warmUp: 1 });
  await backend.dispose();
  return measured.map(({ median, least }, i) => {
    const batch = sizes[i] as number;
    return { batch, median: median / batch, least: least / batch };
  });
}

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { threads: { type: 'string' }, blocks: { type: 'string' }, json: { type: 'boolean' } },
  });
  const costs = await imageCosts(
    Number(values.threads ?? availableParallelism()),
    Math.max(3, Number(values.blocks ?? 9)),
  );
  if (values.json) console.log(JSON.stringify(costs));
  else {
    const rows = costs.map(({ batch, median, least }) => [
      String(batch),
      median.toFixed(3),
      least.toFixed(3),
    ]);
    console.log(table(['batch', 'ms per image', 'least'], rows));
  }
}
