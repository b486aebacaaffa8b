import { join } from 'node:path';
import { GanymedeError, type Run, readEvents, writeFileDurably } from '@ganymede/core';
import { lossCurves } from '../pictures/loss-curves.js';
import { hasCriticSurface, saveCritic } from '../pictures/save-critic.js';
import { saveRunSamples } from '../pictures/save-samples.js';
import { formatDuration } from '../terminal/format.js';
import type { Output } from '../terminal/output.js';
import { trainingProgress } from '../terminal/training-progress.js';

/** How many samples a grid in a run's folder shows. */
const gridCount = 64;

/** Trains `run` to its end, showing progress and leaving sample grids and curves in its folder. */
export async function drive(run: Run, output: Output, sampleEvery = 500): Promise<void> {
  const { folder } = run;
  const started = performance.now();
  const first = run.iteration;
  // Whichever comes first ends the run.
  const ends = [run.steps, run.algorithm.iterations].filter((end) => end !== undefined);
  const total = ends.length === 0 ? undefined : Math.min(...ends);
  output.done('backend', run.backend.summary);
  const progress = trainingProgress(output, first, total);
  try {
    for await (const event of run.advance()) {
      if (event.type !== 'step') continue;
      progress.step(event.iteration, event.metrics);
      const due = event.iteration % sampleEvery === 0 && event.iteration !== total;
      if (due && folder !== undefined) await trySamples(run, folder, output);
    }
  } finally {
    progress.stop();
  }
  if (folder === undefined) return;
  const facts = { iteration: run.iteration, folder };
  if (run.status === 'stopped') {
    output.done('stopped', `at iteration ${run.iteration}`, facts);
  } else {
    const time = formatDuration((performance.now() - started) / 1000);
    output.done('trained', `${run.iteration - first} iterations in ${time}`, facts);
  }
  const samples = await saveRunSamples(run, folder, gridCount);
  output.done('samples', `${samples} (${gridCount} samples)`, { file: samples });
  if (hasCriticSurface(run)) {
    const critic = await saveCritic(run, folder);
    output.done('critic', critic, { file: critic });
  }
  const curves = await saveCurves(run, folder);
  output.done('curves', curves, { file: curves });
}

/** The result of a training and how to go on. */
export function finalWord({ folder = '', iteration, status }: Run, output: Output): void {
  output.result(folder, { folder, iteration, status });
  if (status === 'stopped') output.note(`  go on with: ganymede resume ${folder}`);
  else
    output.note(
      `  next: ganymede sample ${folder}   ganymede evaluate ${folder}   ganymede export ${folder}`,
    );
}

/** A picture that cannot be written (a full disk) is no reason to lose iterations. */
async function trySamples(run: Run, folder: string, output: Output): Promise<void> {
  try {
    await saveRunSamples(run, folder, gridCount);
  } catch (error) {
    const unwritten =
      GanymedeError.is(error, 'GANYMEDE_DISK_FULL') || GanymedeError.is(error, 'GANYMEDE_WRITE');
    if (!unwritten) throw error;
    output.warn(`no samples at iteration ${run.iteration}: ${(error as Error).message.split('\n')[0]}`);
  }
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
