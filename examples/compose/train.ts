import { ort } from '@ganymede/backend-ort';
import { createGanymede, definePlugin, type Run } from '@ganymede/core';
import { glyphs } from '@ganymede/data';
import { tiny } from './tiny.js';

const plugin = definePlugin({ name: '@acme/gans', apiVersion: 1, modules: [tiny] });

/** Trains {@link tiny} on generated glyphs. */
export function train(steps: number, width: number, count = 20_000): Promise<Run> {
  const ganymede = createGanymede({ plugins: [ort, plugin] });
  return ganymede.train('@acme/composed', {
    data: glyphs({ count }),
    options: { width },
    batch: 16,
    steps,
    seed: 1,
  });
}
