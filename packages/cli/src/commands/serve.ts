import { once } from 'node:events';
import { join } from 'node:path';
import { GanymedeError, readRunConfig } from '@ganymede/core';
import { createServer } from '@ganymede/serving';
import type { Output } from '../terminal/output.js';
import { interruptible } from './interrupt.js';

/** Flags of `serve`. */
export interface ServeFlags {
  readonly host: string;
  readonly port: number;
  readonly workers?: number;
}

/** `ganymede serve <artifacts…>`: serves until it is interrupted, then answers what it has accepted and ends. */
export async function serve(artifacts: readonly string[], flags: ServeFlags, output: Output): Promise<void> {
  const { host, port, workers } = flags;
  for (const artifact of artifacts) await refuseRun(artifact);
  const server = await createServer({
    models: artifacts,
    host,
    port,
    ...(workers === undefined ? {} : { workers }),
  });
  const listening = async (signal: AbortSignal): Promise<void> => {
    const address = await server.listen();
    try {
      const names = server.models.map(({ name }) => name);
      output.result(`serving ${names.join(', ')} at ${address}`, { address, models: names });
      const image = server.models.find(({ artifact }) => artifact.manifest.kind === 'images');
      if (image)
        output.note(`  curl -s '${address}/v2/models/${image.name}/image?seed=7&count=16' > grid.png`);
      if (!signal.aborted) await once(signal, 'abort');
    } finally {
      await server.close();
    }
  };
  await interruptible(output, listening, 'answering what has come in, then ending');
}

/** A run folder in place of the file exported from it: an easy mistake to make. */
async function refuseRun(folder: string): Promise<void> {
  const isRun = await readRunConfig(folder).then(
    () => true,
    () => false,
  );
  if (!isRun) return;
  throw new GanymedeError('GANYMEDE_USAGE', {
    message: `"${folder}" is a run, not an exported generator`,
    hint: `ganymede export ${folder}, then ganymede serve ${join(folder, 'generator.onnx')}`,
  });
}
