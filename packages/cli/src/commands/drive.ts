import { join } from 'node:path';
import { type Run, readEvents, writeFileDurably } from '@ganymede/core';
import { lossCurves } from '../pictures/loss-curves.js';
import { saveRunSamples } from '../pictures/save-samples.js';
import type { Output } from '../terminal/output.js';
import { formatDuration, trainingProgress } from '../terminal/training-progress.js';

/** How many samples a grid in a run's folder shows. */
const gridCount = 64;

/** Trains `run` to its end, showing progress and leaving sample grids and curves in its folder. */
export async function drive(run: Run, output: Output, sampleEvery = 500): Promise<void> {
  const folder = run.folder;
  const started = performance.now();
  output.done('backend', run.backend.summary);
  const progress = trainingProgress(output, run.iteration, run.steps);
  let stopped = false;
  try {
    for await (const event of run.advance()) {
      if (event.type === 'step') {
        progress.step(event.iteration, event.metrics);
        if (folder !== undefined && event.iteration % sampleEvery === 0 && event.iteration !== run.steps) {
          await saveRunSamples(run, folder, gridCount);
        }
      } else if (event.type === 'stopped') stopped = true;
    }
  } finally {
    progress.stop();
  }
  const time = formatDuration((performance.now() - started) / 1000);
  const facts = { iteration: run.iteration, folder };
  if (folder === undefined) return;
  if (stopped)
    output.done('stopped', `at iteration ${run.iteration}; go on with: ganymede resume ${folder}`, facts);
  else output.done('trained', `${run.iteration} iterations in ${time}`, facts);
  const samples = await saveRunSamples(run, folder, gridCount);
  output.done('samples', `${samples} (${gridCount} samples)`, { file: samples });
  const curves = await saveCurves(run, folder);
  output.done('curves', curves, { file: curves });
}

async function saveCurves(run: Run, folder: string): Promise<string> {
  const points: { iteration: number; metrics: Readonly<Record<string, number>> }[] = [];
  for await (const event of readEvents(join(folder, 'events.jsonl'))) {
    if (event.type === 'step') points.push({ iteration: event.iteration, metrics: event.metrics });
  }
  const file = join(folder, 'curves.svg');
  await writeFileDurably(file, await lossCurves(points, `${run.algorithmId} · seed ${run.seed}`));
  return file;
}
