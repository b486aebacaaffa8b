import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkpointId, type Run, type State } from '@ganymede/core';
import type { ManifestBody } from '../artifact/manifest.js';
import { exportSampler, type Exported, type ExportOptions } from './export-sampler.js';

/** What opens a run's folder: `createGanymede(…)` does. */
export interface RunOpener {
  open(folder: string, options?: { checkpoint?: string }): Promise<Run>;
}

/** A run as it was saved. */
export interface SavedRun {
  readonly folder: string;
  /** Such as `step-002000`. @defaultValue the newest */
  readonly checkpoint?: string;
  /** Knows the modules that the run is made of. */
  readonly ganymede: RunOpener;
}

const isSaved = (source: Run | SavedRun): source is SavedRun => 'ganymede' in source;

/**
 * Writes a run's generator, as it is now or as it was at a checkpoint, as a verified ONNX file with a manifest: in inference mode,
 * with averaged weights where the algorithm's sampler uses them, for any batch size `N`. The latent is the input `latent`; labels
 * keep their name; the samples are the output `images` (`[N, channels, height, width]` in [-1, 1], or NHWC on request), `tokens`
 * or `points`.
 *
 * Throws what {@link exportSampler} and opening a run throw.
 */
export async function exportGenerator(
  source: Run | SavedRun,
  file: string,
  options: ExportOptions = {},
): Promise<Exported> {
  if (!isSaved(source)) return exportRun(source, file, options);
  const { folder, checkpoint, ganymede } = source;
  const run = await ganymede.open(folder, checkpoint === undefined ? {} : { checkpoint });
  try {
    return await exportRun(run, file, options);
  } finally {
    await run.dispose();
  }
}

async function exportRun(run: Run, file: string, options: ExportOptions): Promise<Exported> {
  const state = copyOf(await run.state.snapshot());
  const checkpoint = run.folder === undefined ? undefined : await savedWeights(run.folder, run.iteration);
  return exportSampler(
    {
      sampler: run.algorithm.sampler,
      state,
      backend: run.backend,
      fields: run.dataset.fields,
      provenance: {
        algorithm: run.algorithmId,
        options: run.options ?? {},
        seed: run.seed,
        iteration: run.iteration,
        ...(checkpoint ? { checkpoint } : {}),
        data: { summary: run.dataset.summary, hash: await run.dataset.hash() },
      },
    },
    file,
    options,
  );
}

/** Values of their own: the run may go on while its export is verified. */
const copyOf = (state: State): State =>
  Object.fromEntries(
    Object.entries(state).map(([name, x]) => [name, { ...x, data: x.data.slice() } as typeof x]),
  );

/** Name and hash of the checkpoint at this iteration, where the run's folder has one. */
async function savedWeights(
  folder: string,
  iteration: number,
): Promise<ManifestBody['provenance']['checkpoint'] | undefined> {
  const name = checkpointId(iteration);
  try {
    const text = await readFile(path.join(folder, 'checkpoints', `${name}.json`), 'utf8');
    const { tensors } = JSON.parse(text) as { tensors: { sha256: string } };
    return { name, sha256: tensors.sha256 };
  } catch {
    return undefined;
  }
}
