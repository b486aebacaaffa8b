import { once } from 'node:events';
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
  const server = await createServer({
    models: artifacts,
    host,
    port,
    ...(workers === undefined ? {} : { workers }),
  });
  await interruptible(
    () => output.note('\nanswering what has come in, then ending'),
    async (signal) => {
      const address = await server.listen();
      const names = server.models.map(({ name }) => name);
      output.result(`serving ${names.join(', ')} at ${address}`, { address, models: names });
      const image = server.models.find(({ artifact }) => artifact.manifest.kind === 'images');
      if (image)
        output.note(`  curl -s '${address}/v2/models/${image.name}/image?seed=7&count=16' > grid.png`);
      if (!signal.aborted) await once(signal, 'abort');
      await server.close();
    },
  );
}
