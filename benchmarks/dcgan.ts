import { availableParallelism, cpus } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ortBackend } from '@ganymede/backend-ort';
import { alternate, type Contender, type Measurement } from './alternate.js';
import { createDcganStep, type DcganSetting } from './dcgan-step.js';
import { table } from './table.js';
import { startTorch, type TorchPeer } from './torch-peer.js';

interface TorchSetup {
  readonly torch: string;
  readonly parameters: readonly number[];
}

/**
 * Times DCGAN's training step here and in PyTorch on the CPU, in turn, in one command: the same networks, batch, optimizer and
 * number of threads. PyTorch runs in both memory layouts, and the better one counts.
 */
export async function compareDcgan(setting: DcganSetting, args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      blocks: { type: 'string', default: '7' },
      steps: { type: 'string', default: '12' },
      threads: { type: 'string', default: String(availableParallelism()) },
      profile: { type: 'string' },
    },
  });
  const threads = Number(values.threads);
  const effort = { blocks: Math.max(5, Number(values.blocks)), steps: Number(values.steps), warmUp: 3 };
  const backend = await ortBackend({
    device: 'cpu',
    threads,
    ...(values.profile && { profile: values.profile }),
  });
  const own = await createDcganStep('ganymede', backend, setting);
  console.log(
    `dcgan ${setting.size}x${setting.size}, batch ${setting.batch}, width ${setting.width}, ${threads} threads`,
  );
  console.log(`${cpus()[0]?.model.trim()}, node ${process.versions.node}, ${backend.summary}`);
  console.log(`ganymede: ${own.nodes} nodes, built and compiled in ${own.compileMs.toFixed(0)} ms`);
  const torch = await startTorch('dcgan.py');
  const peers = torch === undefined ? [] : await torchContenders(torch, setting, threads);
  const results = await alternate([own, ...peers], effort);
  console.log(
    `ganymede: losses ${own
      .losses()
      .map((x) => x.toFixed(3))
      .join(', ')} after the last step\n`,
  );
  report(results, effort.steps);
  await torch?.stop();
  await own.dispose();
  await backend.dispose();
}

async function torchContenders(
  torch: TorchPeer,
  setting: DcganSetting,
  threads: number,
): Promise<Contender[]> {
  const setup = await torch.ask<TorchSetup>({ do: 'setup', ...setting, threads });
  console.log(`pytorch ${setup.torch}: ${setup.parameters.join(' + ')} parameters`);
  return (['nchw', 'nhwc'] as const).map((layout) => ({
    name: `pytorch ${layout}`,
    block: async (count) => (await torch.ask<{ ms: number[] }>({ do: 'steps', layout, count })).ms,
  }));
}

function report(results: readonly Measurement[], steps: number): void {
  const rows = results.map(({ name, median, least, blocks }) => [
    name,
    median,
    least,
    blocks.map((x) => x.toFixed(0)).join(' '),
  ]);
  console.log(table(['ms per step', 'median', 'least', `blocks of ${steps} steps`], rows));
  const [own, ...peers] = results as [Measurement, ...Measurement[]];
  if (peers.length === 0) return;
  const best = (key: 'median' | 'least') => Math.min(...peers.map((peer) => peer[key]));
  const ratio = (key: 'median' | 'least') => (own[key] / best(key)).toFixed(2);
  console.log(`\nganymede / better pytorch: ${ratio('median')} by median, ${ratio('least')} by least`);
}
