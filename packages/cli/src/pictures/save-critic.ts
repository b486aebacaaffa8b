import { join } from 'node:path';
import { type Run, writeFileDurably } from '@ganymede/core';
import { type Value, value } from '@ganymede/tensor';
import { criticSurface } from './critic-surface.js';
import { criticValues } from './critic-values.js';
import { planeAround } from './plane.js';

/** Points of either kind: more would hide the surface. */
const count = 400;
/** Cells along each side of the surface, and arrows. */
const [cells, arrows] = [48, 20];

/** Whether a run's critic can be drawn: points of the plane, and a discriminator that judges them one by one. */
export const hasCriticSurface = ({ algorithm, dataset }: Run): boolean => {
  const [field] = Object.values(dataset.fields);
  const isPoints = field?.dtype === 'float32' && field.shape.length === 1 && field.shape[0] === 2;
  return isPoints && algorithm.discriminate !== undefined && algorithm.conditions === undefined;
};

/** Draws a run's critic with samples and data and writes `critic.svg` into its folder. Returns the file. */
export async function saveCritic(run: Run, folder: string): Promise<string> {
  const [field] = Object.keys(run.dataset.fields) as [string];
  const { length } = run.dataset;
  const some = Math.min(length, count);
  const real = (await run.dataset.read(Array.from({ length: some }, (_, i) => i)))[field] as Value;
  const [samples] = Object.values(await run.sample({ count, seed: run.seed }));
  const plane = planeAround(real.data as Float32Array);
  const at = (n: number) => criticValues(run, value('float32', [n * n, 2], plane.cells(n)));
  const svg = await criticSurface({
    plane,
    real,
    samples: samples as Value,
    values: await at(cells),
    arrows: await at(arrows),
    title: `${titleOf(run)}, ${run.iteration} iterations, seed ${run.seed}`,
  });
  const file = join(folder, 'critic.svg');
  await writeFileDurably(file, svg);
  return file;
}

function titleOf({ algorithmId, options, dataset }: Run): string {
  const { loss } = (options ?? {}) as { readonly loss?: unknown };
  const what = typeof loss === 'string' ? loss : (algorithmId.split('/').at(-1) ?? '');
  return `${what} on ${dataset.summary.split(/,| \(/)[0]}`;
}
