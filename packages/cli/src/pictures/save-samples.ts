import { mkdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Run, SampleKind } from '@ganymede/core';
import { writeImageGrid } from '@ganymede/data';
import type { Value } from '@ganymede/tensor';
import { writeFileDurably } from '@ganymede/core';
import { pointCloud } from './point-cloud.js';

const extensions: Readonly<Record<SampleKind, string>> = { images: '.png', points: '.svg', tokens: '.txt' };

/** Writes samples as people look at them: an image grid (PNG), a scatter plot (SVG), or a sequence a line (text). */
export async function saveSamples(samples: Value, kind: SampleKind, file: string): Promise<string> {
  const path = extname(file) === '' ? `${file}${extensions[kind]}` : file;
  if (kind === 'images') await writeImageGrid(path, samples);
  else if (kind === 'points')
    await writeFileDurably(path, await pointCloud(samples, `${samples.shape[0]} samples`));
  else await writeFileDurably(path, sequenceLines(samples));
  return path;
}

/** Draws from the run's generator and writes `samples/step-000500.png` (or .svg, .txt) into its folder. */
export async function saveRunSamples(run: Run, folder: string, count: number): Promise<string> {
  await mkdir(join(folder, 'samples'), { recursive: true });
  const [samples] = Object.values(await run.sample({ count, seed: run.seed }));
  const name = `step-${String(run.iteration).padStart(6, '0')}`;
  return saveSamples(samples as Value, run.algorithm.sampler.kind, join(folder, 'samples', name));
}

function sequenceLines({ shape: [count = 0, length = 0], data }: Value): string {
  const tokens = data as Int32Array;
  const lines = Array.from({ length: count }, (_, i) => tokens.slice(i * length, (i + 1) * length).join(' '));
  return `${lines.join('\n')}\n`;
}
