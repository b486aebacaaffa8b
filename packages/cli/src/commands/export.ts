import { join } from 'node:path';
import { exportGenerator } from '@ganymede/serving';
import type { Output } from '../terminal/output.js';
import { type OpenFlags, withRun } from './open-run.js';

/** Flags of `export`. */
export interface ExportFlags extends OpenFlags {
  readonly out?: string;
  readonly layout: 'nchw' | 'nhwc';
}

/** `ganymede export <run>`: a verified ONNX file and its manifest. */
export async function exportRun(folder: string, flags: ExportFlags, output: Output): Promise<void> {
  const layout = flags.layout === 'nhwc' ? 'NHWC' : 'NCHW';
  await withRun(folder, flags, async (run) => {
    const { file, manifestFile, manifest } = await exportGenerator(
      run,
      flags.out ?? join(folder, 'generator.onnx'),
      { layout },
    );
    const { maxAbsolute, maxRelative, comparisons } = manifest.verification;
    const batches = [...new Set(comparisons.map(({ batch }) => batch))].join(', ');
    output.result(`${file}  verified: max |Δ| ${maxAbsolute.toExponential(1)} on batches ${batches}`, {
      file,
      manifest: manifestFile,
      maxAbsolute,
      maxRelative,
    });
  });
}
