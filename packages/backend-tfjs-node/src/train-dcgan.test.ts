import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ortBackend } from '@ganymede/backend-ort';
import type { Backend } from '@ganymede/core';
import * as core from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { afterAll, describe, expect, it } from 'vitest';
import { notInstalled, tfjsNodeFolder } from '../test/installed-tfjs-node.js';
import { resumeDcgan, type Trained, trainDcgan } from '../test/train-dcgan.js';
import { createTfjsBackend, type Tfjs } from './evaluator/index.js';
import { loadTfjsNode } from './load-tfjs-node.js';

const STEPS = 6;
const folders: string[] = [];
const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'ganymede-'));
  folders.push(folder);
  return folder;
};
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

let reference: Promise<Trained> | undefined;
const onOrt = async (): Promise<Trained> => {
  const backend = await ortBackend({ device: 'cpu', threads: 1 });
  try {
    return await trainDcgan(backend, STEPS);
  } finally {
    await backend.dispose();
  }
};

interface Row {
  readonly backendName: string;
  readonly load: () => Tfjs;
  readonly skip?: string;
}

const rows: readonly Row[] = [
  { backendName: 'wasm', load: () => core },
  {
    backendName: 'tensorflow',
    load: () => loadTfjsNode({ packages: ['@tensorflow/tfjs-node'], from: tfjsNodeFolder }).tf,
    ...(tfjsNodeFolder === undefined && { skip: notInstalled }),
  },
];

describe.each(rows)('DCGAN on $backendName', ({ backendName, load, skip }) => {
  const open = (): Promise<Backend> => createTfjsBackend({ tf: load(), backendName });

  it('trains as on ONNX Runtime', async (context) => {
    if (skip !== undefined) context.skip(skip);
    const backend = await open();
    reference ??= onOrt();
    const [expected, trained] = [await reference, await trainDcgan(backend, STEPS)];
    expect(trained.losses.length).toBe(STEPS);
    for (const [i, loss] of trained.losses.flat().entries())
      expect(loss).toBeCloseTo(expected.losses.flat()[i] as number, 3);
    const difference = trained.samples.map((x, i) => Math.abs(x - (expected.samples[i] as number)));
    expect(Math.max(...difference)).toBeLessThan(0.02);
    await backend.dispose();
  });

  it('goes on to the bit where it was interrupted, and keeps no tensor', async (context) => {
    if (skip !== undefined) context.skip(skip);
    const backend = await open();
    const tensors = load().memory().numTensors;
    const whole = await trainDcgan(backend, STEPS);
    expect(load().memory().numTensors).toBe(tensors);
    const folder = await newFolder();
    await trainDcgan(backend, 2, folder);
    const resumed = await resumeDcgan(backend, STEPS, folder);
    expect(resumed.losses).toEqual(whole.losses.slice(2));
    expect(resumed.samples).toEqual(whole.samples);
    expect(load().memory().numTensors).toBe(tensors);
    await backend.dispose();
  });
});
