import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ortBackend } from '@ganymede/backend-ort';
import { encodeOnnx, graph, input } from '@ganymede/tensor';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { imageSampler, imageState, sourceOf } from '../../test/tiny-generators.js';
import { exportSampler } from '../export/export-sampler.js';
import { type Manifest, sealManifest, sha256 } from './manifest.js';
import { openArtifact } from './open-artifact.js';
import { verifyArtifact } from './verify-artifact.js';

let folder: string;
let good: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ganymede-artifact-'));
  good = path.join(folder, 'good.onnx');
  const backend = await ortBackend({ device: 'cpu', threads: 1 });
  await exportSampler(sourceOf(imageSampler(), imageState(), backend), good);
  await backend.dispose();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A copy of the good artifact, with its bytes and manifest changed. */
async function altered(
  name: string,
  change: { bytes?: (bytes: Buffer) => Uint8Array; manifest?: (manifest: Manifest) => unknown },
): Promise<string> {
  const file = path.join(folder, name);
  const bytes = await readFile(good);
  await writeFile(file, change.bytes?.(bytes) ?? bytes);
  const manifest = JSON.parse(await readFile(`${good}.json`, 'utf8')) as Manifest;
  await writeFile(`${file}.json`, JSON.stringify(change.manifest?.(manifest) ?? manifest));
  return file;
}

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: { code?: string }) => error.code,
  );

it('accepts what was exported', async () => {
  const { manifest } = await verifyArtifact(good);
  expect(manifest.kind).toBe('images');
});

it('refuses every single changed byte', async () => {
  const { length } = await readFile(good);
  for (const at of [0, 40, Math.floor(length / 2), length - 1]) {
    const file = await altered(`byte-${at}.onnx`, {
      bytes: (bytes) => bytes.map((x, i) => (i === at ? x ^ 1 : x)),
    });
    expect(await code(verifyArtifact(file))).toBe('GANYMEDE_ARTIFACT_TAMPERED');
  }
});

it('refuses a file cut short, and one with more behind it', async () => {
  const short = await altered('short.onnx', { bytes: (bytes) => bytes.subarray(0, bytes.length - 20) });
  const long = await altered('long.onnx', { bytes: (bytes) => Buffer.concat([bytes, Buffer.from('x')]) });
  expect(await code(verifyArtifact(short))).toBe('GANYMEDE_ARTIFACT_TAMPERED');
  expect(await code(verifyArtifact(long))).toBe('GANYMEDE_ARTIFACT_TAMPERED');
});

it('refuses an edited manifest', async () => {
  const file = await altered('edited.onnx', {
    manifest: (manifest) => ({ ...manifest, provenance: { ...manifest.provenance, iteration: 99 } }),
  });
  expect(await code(verifyArtifact(file))).toBe('GANYMEDE_ARTIFACT_TAMPERED');
});

it('refuses another model with a manifest made to fit its bytes', async () => {
  const z = input('latent', ['N', 6]);
  const other = encodeOnnx(graph({ outputs: { images: z.tanh() } }));
  const file = await altered('other.onnx', {
    bytes: () => other,
    manifest: (manifest) => sealManifest({ ...manifest, onnx: { ...manifest.onnx, sha256: sha256(other) } }),
  });
  expect(await code(verifyArtifact(file))).toBe('GANYMEDE_ARTIFACT_TAMPERED');
});

it('says which kind of wrong file it is', async () => {
  expect(await code(openArtifact(path.join(folder, 'nowhere.onnx')))).toBe('GANYMEDE_ARTIFACT_MISSING');

  const text = path.join(folder, 'text.onnx');
  await writeFile(text, 'this is not a model');
  expect(await code(openArtifact(text))).toBe('GANYMEDE_ONNX_INVALID');

  const empty = path.join(folder, 'empty.onnx');
  await writeFile(empty, '');
  expect(await code(openArtifact(empty))).toBe('GANYMEDE_ONNX_INVALID');

  const alone = path.join(folder, 'alone.onnx');
  await copyFile(good, alone);
  expect(await code(openArtifact(alone))).toBe('GANYMEDE_ARTIFACT_MANIFEST');
  await writeFile(`${alone}.json`, '{');
  expect(await code(openArtifact(alone))).toBe('GANYMEDE_ARTIFACT_MANIFEST');
  await writeFile(`${alone}.json`, '{"format":"other"}');
  expect(await code(openArtifact(alone))).toBe('GANYMEDE_ARTIFACT_MANIFEST');

  const notOnnx = await altered('sealed-text.onnx', {
    bytes: () => Buffer.from('this is not a model'),
    manifest: (manifest) =>
      sealManifest({ ...manifest, onnx: { ...manifest.onnx, sha256: sha256('this is not a model') } }),
  });
  expect(await code(openArtifact(notOnnx))).toBe('GANYMEDE_ONNX_INVALID');
});
