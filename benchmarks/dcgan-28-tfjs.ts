import process from 'node:process';
import { parseArgs } from 'node:util';
import { ortBackend } from '@ganymede/backend-ort';
import { tfjsNodeBackend } from '@ganymede/backend-tfjs-node';
import { alternate } from './alternate.js';
import { createStepContender, type StepContender } from './step-contender.js';
import { table } from './table.js';
import { dcganWorkload } from './workloads/dcgan.js';

export const summary = 'the same DCGAN step at 28 pixels on libtensorflow (tfjs-node) and on ONNX Runtime';

/** Times one graph on two backends, block by block in turn. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      blocks: { type: 'string', default: '5' },
      steps: { type: 'string', default: '6' },
      threads: { type: 'string', default: '2' },
      batch: { type: 'string', default: '64' },
      from: { type: 'string' },
    },
  });
  const threads = Number(values.threads);
  const workload = dcganWorkload(28, Number(values.batch));
  const backends = [
    await tfjsNodeBackend({ threads, ...(values.from && { from: values.from }) }),
    await ortBackend({ device: 'cpu', threads }),
  ];
  const steps: StepContender[] = [];
  for (const backend of backends) steps.push(await createStepContender(backend.summary, backend, workload));
  const results = await alternate(steps, {
    blocks: Number(values.blocks),
    steps: Number(values.steps),
    warmUp: 2,
  });
  const rows = results.map(({ name, median, least }, i) => [name, median, least, `${steps[i]?.nodes} nodes`]);
  console.log(table(['ms per step', 'median', 'least', ''], rows));
  console.log(steps.map((one) => `${one.name}: losses ${one.losses().join(', ')}`).join('\n'));
  const [tfjs, ort] = results;
  if (tfjs !== undefined && ort !== undefined)
    console.log(`tfjs-node / ort: ${(tfjs.median / ort.median).toFixed(2)} by median`);
  console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`);
  for (const step of steps) await step.dispose();
  for (const backend of backends) await backend.dispose();
}
