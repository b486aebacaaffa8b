import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { referenceBackend } from '@ganymede/core';
import { encodeOnnx, graph, input, valueOf } from '@ganymede/tensor';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onnxFeatures } from './onnx-features.js';

let folder: string;
let file: string;
let bytes: Uint8Array;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ganymede-onnx-features-'));
  file = path.join(folder, 'net.onnx');
  // Feature maps: twice the image. Logits: the mean of each channel.
  const x = input('x', ['N', 3, 4, 4]);
  bytes = encodeOnnx(graph({ outputs: { logits: x.mean([2, 3]), maps: x.mul(2) } }));
  await writeFile(file, bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('an ONNX file as a feature network: resized, repeated to its channels, scaled, averaged over places', async () => {
  const backend = await referenceBackend({});
  const opened = await onnxFeatures(
    { onnx: file, output: 'maps', filter: 'box', range: [0, 255], batch: 2 },
    [1, 8, 8],
    backend,
  );
  expect(opened.network).toMatchObject({ size: 3, source: 'net.onnx#maps' });
  // Three grey images of levels -1, 0, 1: black 0, white 255, and the feature is twice that in each channel.
  const images = valueOf(
    [-1, 0, 1].flatMap((level) => new Array<number>(64).fill(level)),
    [3, 1, 8, 8],
  );
  const { shape, data } = await opened.network.extract(images);
  expect(shape).toEqual([3, 3]);
  [...(data as Float32Array)].forEach((x, i) => {
    expect(x).toBeCloseTo([0, 255, 510][Math.floor(i / 3)] as number, 3);
  });
  expect(opened.provenance).toEqual({
    features: 'net.onnx#maps',
    featureHash: createHash('sha256').update(bytes).digest('hex'),
    resize: 'box antialias half-pixel to 4x4',
    range: '0 255',
  });
  await opened.dispose();
});

it('class probabilities are a softmax of its logits', async () => {
  const backend = await referenceBackend({});
  const opened = await onnxFeatures({ onnx: file, output: 'maps', classes: 'logits' }, [3, 4, 4], backend);
  const probabilities = await opened.probabilities();
  expect(probabilities.classes).toBe(3);
  const image = valueOf(
    [0, 1, -1].flatMap((level) => new Array<number>(16).fill(level)),
    [1, 3, 4, 4],
  );
  const total = 1 + Math.E + 1 / Math.E;
  const [a, b, c] = (await probabilities.of(image)).data as Float32Array;
  expect([a, b, c].map((p) => Number((p as number).toFixed(6)))).toEqual(
    [1, Math.E, 1 / Math.E].map((x) => Number((x / total).toFixed(6))),
  );
  expect(opened.provenance.resize).toBe('none');
  await opened.dispose();
});

it('refuses what it cannot use', async () => {
  const backend = await referenceBackend({});
  await expect(onnxFeatures({ onnx: 'none.onnx' }, [1, 8, 8], backend)).rejects.toMatchObject({
    code: 'GANYMEDE_ONNX_MISSING',
  });
  await expect(onnxFeatures({ onnx: file, output: 'pool' }, [1, 8, 8], backend)).rejects.toMatchObject({
    code: 'GANYMEDE_ONNX_VALUE',
  });
  await expect(onnxFeatures({ onnx: file }, [2], backend)).rejects.toMatchObject({
    code: 'GANYMEDE_NO_IMAGES',
  });
});
