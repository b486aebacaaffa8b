import { readFile, stat } from 'node:fs/promises';
import { GanymedeError, type SampleKind } from '@ganymede/core';
import { sampleArtifact, toNchw } from '@ganymede/serving';
import { type Value, valueOf } from '@ganymede/tensor';
import { saveSamples, wordsOf } from '../pictures/save-samples.js';
import type { Output } from '../terminal/output.js';
import { type OpenFlags, withRun } from './open-run.js';

/** Flags of `sample`. */
export interface SampleFlags extends OpenFlags {
  readonly count: number;
  readonly seed: number;
  readonly out?: string;
  readonly latents?: string;
}

interface Drawn {
  readonly samples: Value;
  readonly kind: SampleKind;
  /** How tokens are read. */
  readonly words?: ReturnType<typeof wordsOf>;
}

/** `ganymede sample <run or artifact>`: for one seed the same samples from both. */
export async function sample(source: string, flags: SampleFlags, output: Output): Promise<void> {
  const found = await stat(source).catch(() => undefined);
  if (found === undefined) {
    throw new GanymedeError('GANYMEDE_NO_RUN', {
      message: `"${source}" is neither a run folder nor an exported .onnx file: it does not exist`,
      hint: 'ganymede train makes a run folder, ganymede export an artifact',
    });
  }
  const { samples, kind, words } = found.isDirectory()
    ? await fromRun(source, flags)
    : await fromArtifact(source, flags);
  const out = flags.out ?? 'samples';
  const file = await saveSamples(samples, kind, out, words);
  output.result(`${file}  ${samples.shape[0]} samples of [${samples.shape.slice(1).join(', ')}]`, {
    file,
    count: samples.shape[0],
    shape: samples.shape,
  });
}

async function fromRun(folder: string, flags: SampleFlags): Promise<Drawn> {
  if (flags.latents !== undefined) {
    throw new GanymedeError('GANYMEDE_USAGE', {
      message: '--latents works with an exported .onnx file, not with a run folder',
      hint: `export the run first: ganymede export ${folder}`,
    });
  }
  return withRun(folder, flags, async (run) => {
    const [samples] = Object.values(await run.sample({ count: flags.count, seed: flags.seed }));
    return { samples: samples as Value, kind: run.algorithm.sampler.kind, words: wordsOf(run) };
  });
}

async function fromArtifact(file: string, { count, seed, latents }: SampleFlags): Promise<Drawn> {
  const given = latents === undefined ? undefined : await readLatents(latents);
  const { samples, artifact } = await sampleArtifact(file, {
    count: given?.shape[0] ?? count,
    seed,
    ...(given === undefined ? {} : { latents: given }),
  });
  const { kind, layout } = artifact.manifest;
  return { samples: kind === 'images' ? toNchw(samples, layout) : samples, kind };
}

/** Reads `[[…], […]]` as float32 `[count, size]`. */
async function readLatents(file: string): Promise<Value> {
  const refuse = (why: string, cause?: unknown) =>
    new GanymedeError('GANYMEDE_LATENTS', {
      message: `${file}: ${why}`,
      hint: 'give a JSON array with one array of numbers per sample',
      cause,
    });
  let rows: unknown;
  try {
    rows = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw refuse('cannot be read as JSON', cause);
  }
  if (!Array.isArray(rows) || rows.length === 0) throw refuse('expected a non-empty array of arrays');
  const [first] = rows as unknown[][];
  const width = Array.isArray(first) ? first.length : 0;
  const regular = rows.every(
    (row) => Array.isArray(row) && row.length === width && row.every((x) => typeof x === 'number'),
  );
  if (!regular) throw refuse('expected arrays of numbers, all of one length');
  return valueOf((rows as number[][]).flat(), [rows.length, width]);
}
