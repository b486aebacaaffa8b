import { continuous } from '@ganymede/continuous';
import { createGanymede, type Plugin } from '@ganymede/core';
import { glyphs } from '@ganymede/data';

/** Trains DCGAN on a few glyphs and samples it: convolutions, batch normalization, checkpoints in memory. */
export async function trainDcgan(
  backend: Plugin,
  id: string,
  device: string,
  options: Readonly<Record<string, unknown>> = {},
): Promise<{
  readonly losses: readonly number[];
  readonly pixels: readonly number[];
  readonly checkpoint: string;
}> {
  const ganymede = createGanymede({ plugins: [backend, continuous] });
  const losses: number[] = [];
  let checkpoint = '';
  const run = await ganymede.train('dcgan', {
    backend: { id, options },
    device,
    data: glyphs({ count: 64 }),
    options: { width: 4 },
    batch: 8,
    steps: 3,
    seed: 1,
    sinks: [
      {
        write: (event) => {
          if (event.type === 'step') losses.push(...Object.values(event.metrics));
          if (event.type === 'checkpoint') checkpoint = event.checkpoint;
        },
      },
    ],
  });
  const { images } = await run.sample({ count: 2, seed: 1 });
  await run.dispose();
  return { losses, pixels: Array.from(images?.data as Float32Array), checkpoint };
}
