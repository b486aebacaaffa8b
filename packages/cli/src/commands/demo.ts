import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { exportGenerator } from '@ganymede/serving';
import type { Output } from '../terminal/output.js';
import { finalWord } from './drive.js';
import { measureRun } from './evaluate.js';
import { openSession } from './session.js';
import { trainPlan } from './train.js';

/** Flags of `demo`. */
export interface DemoFlags {
  readonly steps: number;
  readonly out?: string;
}

/** `ganymede demo`: DCGAN on generated glyphs: train, measure, export, and say how to go on. */
export async function demo({ steps, out }: DemoFlags, output: Output): Promise<void> {
  const folder = out ?? (await freeFolder(join('runs', 'demo')));
  const config = {
    algorithm: 'dcgan',
    data: 'glyphs',
    steps,
    seed: 1,
    out: folder,
    options: { width: 32 },
    sampleEvery: 250,
  };
  const run = await trainPlan({ config, dataOptions: {} }, output);
  try {
    if (run.status !== 'ended') return finalWord(run, output);
    const measured = await measureRun(run, await openSession(), { metric: ['fid'], seed: 1 });
    const figure = (name: string) => measured.find((measurement) => measurement.name === name);
    const fid = figure('fid');
    const before = figure('fidUntrained');
    output.done(
      'quality',
      `FID* ${fid?.value.toFixed(1)}${before === undefined ? '' : `, untrained ${before.value.toFixed(1)}`} ` +
        `(features of a glyph classifier, ${fid?.provenance.generatedSamples} samples)`,
      { measurements: measured },
    );
    const { file, manifest } = await exportGenerator(run, join(folder, 'generator.onnx'));
    const { maxAbsolute } = manifest.verification;
    output.done(
      'exported',
      `${file}  verified: max |Δ| ${maxAbsolute.toExponential(1)} on batches 1, 7, 64`,
      { file },
    );
    output.result(folder, { folder, file });
    output.note(`next:  npm run ganymede -- sample ${folder} --count 16 --out mine.png
       npm run ganymede -- serve ${file}`);
  } finally {
    await run.dispose();
  }
}

/** `base`, or `base-2`, `base-3`, …: no earlier run is touched. */
async function freeFolder(base: string): Promise<string> {
  for (let i = 1; ; i++) {
    const folder = i === 1 ? base : `${base}-${i}`;
    const taken = await access(folder).then(
      () => true,
      () => false,
    );
    if (!taken) return folder;
  }
}
