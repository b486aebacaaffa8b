import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { decodeSafetensors, encodeSafetensors } from '@ganymede/core';
import type { TrainedWeights } from './train-classifier.js';

/** Changes when the network or its training does: weights of another version are never used. */
const version = 1;

const defaultFolder = (): string =>
  path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'ganymede', 'classifiers');

/**
 * The weights kept under `key` in `folder`, or else those that `train` makes, which are then kept. A file that cannot be read or
 * written only costs the training: a cache is never the reason to fail.
 */
export async function cachedWeights(
  folder: string | false | undefined,
  key: Readonly<Record<string, string | number>>,
  train: () => Promise<TrainedWeights>,
): Promise<TrainedWeights> {
  if (folder === false) return train();
  const name = createHash('sha256')
    .update(JSON.stringify({ version, ...key }))
    .digest('hex');
  const file = path.join(folder ?? defaultFolder(), `${name.slice(0, 32)}.safetensors`);
  const known = await readWeights(file);
  if (known) return known;
  const trained = await train();
  await writeWeights(file, trained).catch(() => {});
  return trained;
}

async function readWeights(file: string): Promise<TrainedWeights | undefined> {
  try {
    const { tensors, metadata } = decodeSafetensors(await readFile(file));
    const accuracy = Number(metadata.accuracy);
    return Number.isFinite(accuracy) ? { weights: tensors, accuracy } : undefined;
  } catch {
    return undefined;
  }
}

async function writeWeights(file: string, { weights, accuracy }: TrainedWeights): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(encodeSafetensors(weights, { accuracy: String(accuracy) }));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}
