import { mkdir } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { GanymedeError, type Run, type SampleKind, writeFileDurably } from '@ganymede/core';
import { writeImageGrid } from '@ganymede/data';
import { numbersOf, type Value } from '@ganymede/tensor';
import { pointCloud } from './point-cloud.js';

const extensions: Readonly<Record<SampleKind, string>> = { images: '.png', points: '.svg', tokens: '.txt' };

/**
 * Writes samples as people look at them: an image grid (PNG), a scatter plot (SVG), or a sequence a line (text); or, to a
 * `.json` file, as numbers. Returns the file, whose extension may be left out.
 *
 * @throws `GANYMEDE_USAGE` for any other extension.
 */
export async function saveSamples(
  samples: Value,
  kind: SampleKind,
  file: string,
  { decode = sequenceLines }: Partial<KnowsWords> = {},
): Promise<string> {
  const path = sampleFile(file, kind);
  await mkdir(dirname(path), { recursive: true }).catch((cause: unknown) => {
    throw new GanymedeError('GANYMEDE_WRITE', {
      message: `cannot make the folder of "${path}" (${(cause as NodeJS.ErrnoException).code})`,
      hint: 'check that no file stands where a folder is wanted, and that you may write there',
      cause,
    });
  });
  if (extname(path) === '.json') {
    await writeFileDurably(path, `${JSON.stringify({ shape: samples.shape, data: numbersOf(samples) })}\n`);
  } else if (kind === 'images') await writeImageGrid(path, samples);
  else if (kind === 'points')
    await writeFileDurably(path, await pointCloud(samples, `${samples.shape[0]} samples`));
  else await writeFileDurably(path, `${decode(samples).join('\n')}\n`);
  return path;
}

/** The file that samples of a kind are written to when `file` was asked for. */
export function sampleFile(file: string, kind: SampleKind): string {
  const own = extensions[kind];
  const asked = extname(file);
  if (asked === '') return `${file}${own}`;
  if (asked === own || asked === '.json') return file;
  throw new GanymedeError('GANYMEDE_USAGE', {
    message: `--out: ${kind} are written as ${own} or, as numbers, .json; got "${file}"`,
    hint: `for example --out ${file.slice(0, -asked.length)}${own}`,
  });
}

/** Draws from the run's generator and writes `samples/step-000500.png` (or .svg, .txt) into its folder. */
export async function saveRunSamples(run: Run, folder: string, count: number): Promise<string> {
  const [samples] = Object.values(await run.sample({ count, seed: run.seed }));
  const name = `step-${String(run.iteration).padStart(6, '0')}`;
  const file = join(folder, 'samples', name);
  return saveSamples(samples as Value, run.algorithm.sampler.kind, file, wordsOf(run));
}

/** What a dataset of words may tell: what its numbers mean. */
interface KnowsWords {
  decode(tokens: Value): readonly string[];
}

/** How a run's tokens are read, where its dataset knows (`@ganymede/data/tokens` does). */
export const wordsOf = ({ dataset }: Run): Partial<KnowsWords> =>
  'decode' in dataset && typeof dataset.decode === 'function'
    ? { decode: dataset.decode as KnowsWords['decode'] }
    : {};

function sequenceLines({ shape: [count = 0, length = 0], data }: Value): readonly string[] {
  const tokens = data as Int32Array;
  return Array.from({ length: count }, (_, i) => tokens.slice(i * length, (i + 1) * length).join(' '));
}
