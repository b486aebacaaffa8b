import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ortBackend } from '@ganymede/backend-ort';
import { createRng } from '@ganymede/core';
import { decodePng, imageGrid } from '@ganymede/data';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  conditionalSampler,
  conditionalState,
  imageSampler,
  imageState,
  slowSampler,
  slowState,
  sourceOf,
  tokenSampler,
  tokenState,
} from '../../test/tiny-generators.js';
import { sampleArtifact } from '../artifact/sample-artifact.js';
import { exportSampler } from '../export/export-sampler.js';
import { createServer, type Server } from './create-server.js';

let folder: string;
let server: Server;
let url: string;
const file = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ganymede-server-'));
  const backend = await ortBackend({ device: 'cpu', threads: 1 });
  await exportSampler(sourceOf(imageSampler(), imageState(), backend), file('faces.onnx'));
  await exportSampler(sourceOf(imageSampler(3), imageState(3), backend), file('colour.onnx'), {
    layout: 'NHWC',
  });
  await exportSampler(sourceOf(tokenSampler, tokenState, backend), file('words.onnx'));
  await exportSampler(sourceOf(conditionalSampler, conditionalState, backend), file('digits.onnx'));
  await exportSampler(sourceOf(slowSampler, slowState, backend), file('slow.onnx'), { limit: 1e-4 });
  await backend.dispose();
  const models = ['faces.onnx', 'colour.onnx', 'words.onnx', 'digits.onnx'].map(file);
  server = await createServer({ models, port: 0, workers: 1, maxBatch: 40, bodyLimit: 64 * 1024 });
  url = await server.listen();
}, 60_000);
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const get = async (route: string, init?: RequestInit) => {
  const response = await fetch(url + route, init);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    json: text === '' ? undefined : JSON.parse(text),
  };
};
const post = (route: string, body: unknown) =>
  get(route, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });

const latentOf = (count: number, seed: number) =>
  createRng(seed).child('sample').child('noise/z').draw([count, 6], { kind: 'normal' });
const infer = (count: number, seed: number) => ({
  id: 'abc',
  inputs: [
    {
      name: 'latent',
      datatype: 'FP32',
      shape: [count, 6],
      data: Array.from(latentOf(count, seed).data, Number),
    },
  ],
});

it('listens on this machine only, unless told otherwise', () => {
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

it('health: live, ready, ready of a model', async () => {
  expect(await get('/v2/health/live')).toMatchObject({ status: 200, json: { live: true } });
  expect(await get('/v2/health/ready')).toMatchObject({ status: 200, json: { ready: true } });
  expect(await get('/v2/models/faces/ready')).toMatchObject({
    status: 200,
    json: { name: 'faces', ready: true },
  });
  expect(await get('/v2/models/faces/versions/1/ready')).toMatchObject({ status: 200 });
  expect(await get('/v2/models/nobody/ready')).toMatchObject({
    status: 404,
    json: { error: expect.any(String) },
  });
});

it('metadata of the server and of models', async () => {
  expect((await get('/v2')).json).toMatchObject({
    name: 'ganymede',
    version: expect.stringMatching(/^\d+\./),
  });
  expect((await get('/v2/models')).json).toEqual({ models: ['faces', 'colour', 'words', 'digits'] });
  expect((await get('/v2/models/faces')).json).toEqual({
    name: 'faces',
    versions: ['1'],
    platform: 'onnxruntime_onnx',
    inputs: [{ name: 'latent', datatype: 'FP32', shape: [-1, 6] }],
    outputs: [{ name: 'images', datatype: 'FP32', shape: [-1, 1, 4, 4] }],
  });
  expect((await get('/v2/models/words')).json.outputs).toEqual([
    { name: 'tokens', datatype: 'INT32', shape: [-1, 3] },
  ]);
});

it('infer: the samples of the same latents, to the last bit', async () => {
  const { status, json } = await post('/v2/models/faces/infer', infer(5, 9));
  const { samples } = await sampleArtifact(file('faces.onnx'), { count: 5, latents: latentOf(5, 9) });
  expect(status).toBe(200);
  expect(json).toMatchObject({ model_name: 'faces', model_version: '1', id: 'abc' });
  expect(json.outputs).toHaveLength(1);
  expect(json.outputs[0]).toMatchObject({ name: 'images', datatype: 'FP32', shape: [5, 1, 4, 4] });
  expect(Float32Array.from(json.outputs[0].data)).toEqual(samples.data);
});

it('infer: labels, chosen outputs, versions, the content type of curl', async () => {
  const inputs = [
    { name: 'labels', datatype: 'INT32', shape: [2], data: [0, 2] },
    { name: 'z', datatype: 'FP32', shape: [2, 6], data: Array(12).fill(0.5) },
    { name: 'grain', datatype: 'FP32', shape: [2, 16], data: Array(32).fill(0) },
  ];
  const { status, json } = await get('/v2/models/digits/versions/1/infer', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: JSON.stringify({ inputs, outputs: [{ name: 'energy', parameters: { binary_data: false } }] }),
  });
  expect(status).toBe(200);
  expect(json).not.toHaveProperty('id');
  expect(json.outputs.map((output: { name: string }) => output.name)).toEqual(['energy']);
});

it('errors: status and {"error"}', async () => {
  const model = '/v2/models/faces/infer';
  const cases: [Promise<{ status: number; json: unknown }>, number][] = [
    [post(model, '{'), 400],
    [post(model, ''), 400],
    [post(model, { inputs: [] }), 400],
    [post(model, '{"__proto__": {"inputs": []}}'), 400],
    [post(model, '['.repeat(20_000)), 400],
    [post('/v2/models/nobody/infer', infer(1, 1)), 404],
    [post('/v2/models/faces/versions/2/infer', infer(1, 1)), 404],
    [post(`/v2/models/${'a'.repeat(100)}/infer`, {}), 404],
    [post('/v2/models/..%2f..%2fetc/infer', {}), 404],
    [get('/nothing'), 404],
    [get('/v2/models/faces/infer'), 405],
    [post('/v2/health/live', {}), 405],
    [post(model, JSON.stringify({ filler: 'x'.repeat(80_000) })), 413],
    [get(model, { method: 'POST', headers: { 'content-encoding': 'gzip' }, body: 'x' }), 415],
    [get(model, { method: 'POST', headers: { 'inference-header-content-length': '2' }, body: '{}' }), 400],
    [post(model, infer(41, 1)), 400],
  ];
  for (const [answer, status] of cases) {
    expect(await answer).toMatchObject({ status, json: { error: expect.any(String) } });
  }
  expect((await get('/v2/models/faces/infer')).headers.get('allow')).toBe('POST');
  expect(await get('/v2/health/live')).toMatchObject({ status: 200 });
});

it('image: a PNG grid of what sample draws', async () => {
  const response = await fetch(`${url}/v2/models/faces/image?seed=7&count=6&columns=3`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('image/png');
  const { samples } = await sampleArtifact(file('faces.onnx'), { count: 6, seed: 7 });
  const png = Buffer.from(await response.arrayBuffer());
  expect(png.equals(await imageGrid(samples, { columns: 3 }))).toBe(true);
  const colour = Buffer.from(await (await fetch(`${url}/v2/models/colour/image?count=2`)).arrayBuffer());
  expect(decodePng(colour)).toBeDefined();
  expect((await fetch(`${url}/v2/models/digits/image?count=9`)).status).toBe(200);
});

it('image: 404 for models of tokens, 400 for wrong queries', async () => {
  expect(await get('/v2/models/words/image')).toMatchObject({
    status: 404,
    json: { error: expect.stringContaining('tokens') },
  });
  for (const query of [
    'count=0',
    'count=41',
    'count=x',
    'seed=-1',
    'seed=1.5',
    'count=1&count=2',
    'size=3',
  ]) {
    expect(await get(`/v2/models/faces/image?${query}`)).toMatchObject({ status: 400 });
  }
});

it('curl gets the samples of sample', async (ctx) => {
  const curl = promisify(execFile);
  const present = await curl('curl', ['--version']).then(
    () => true,
    () => false,
  );
  if (!present) return ctx.skip('needs curl');
  await writeFile(file('request.json'), JSON.stringify(infer(3, 4)));
  const { stdout } = await curl('curl', [
    '-s',
    `${url}/v2/models/faces/infer`,
    '-d',
    `@${file('request.json')}`,
  ]);
  const { samples } = await sampleArtifact(file('faces.onnx'), { count: 3, seed: 4 });
  expect(Float32Array.from(JSON.parse(stdout).outputs[0].data)).toEqual(samples.data);
  await curl('curl', ['-s', '-o', file('grid.png'), `${url}/v2/models/faces/image?seed=4&count=3`]);
  expect((await readFile(file('grid.png'))).equals(await imageGrid(samples))).toBe(true);
});

it('many requests at once are all answered rightly', async () => {
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, i) => post('/v2/models/faces/infer', infer(1, i))),
  );
  for (const [i, { json }] of answers.entries()) {
    const { samples } = await sampleArtifact(file('faces.onnx'), { count: 1, seed: i });
    expect(Float32Array.from(json.outputs[0].data)).toEqual(samples.data);
  }
});

it('a malformed request on the wire does not end it', async () => {
  const port = Number(new URL(url).port);
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
    socket.on('data', () => socket.end()).on('close', () => resolve());
  });
  expect(await get('/v2/health/live')).toMatchObject({ status: 200 });
});

it('a folder of models: highest version of each', async () => {
  const models = file('models');
  for (const [place, source] of [
    ['faces/2', 'words'],
    ['faces/10', 'faces'],
    ['plain', 'colour'],
  ] as const) {
    await mkdir(path.join(models, place), { recursive: true });
    for (const ending of ['.onnx', '.onnx.json']) {
      await copyFile(file(source + ending), path.join(models, place, `generator${ending}`));
    }
  }
  const other = await createServer({ models: [models], port: 0, workers: 1 });
  expect(other.models.map(({ name, version }) => [name, version])).toEqual([
    ['faces', '10'],
    ['plain', '1'],
  ]);
  await other.close();
});

it('refuses to start with a bad model, by code', async () => {
  const start = (models: string[]) =>
    createServer({ models, port: 0, workers: 1 }).then(
      () => 'started',
      (error: { code?: string }) => error.code,
    );
  await writeFile(file('bad.onnx'), 'no model');
  await mkdir(file('hollow/faces'), { recursive: true });
  await mkdir(file('leading-out'), { recursive: true });
  await symlink(folder, file('leading-out/all'));
  expect(await start([file('bad.onnx')])).toBe('GANYMEDE_ONNX_INVALID');
  expect(await start([file('nowhere.onnx')])).toBe('GANYMEDE_MODEL_REPOSITORY');
  expect(await start([file('hollow')])).toBe('GANYMEDE_MODEL_REPOSITORY');
  expect(await start([file('leading-out')])).toBe('GANYMEDE_MODEL_REPOSITORY');
  expect(await start([])).toBe('GANYMEDE_MODEL_REPOSITORY');
  expect(await start([file('faces.onnx'), file('faces.onnx')])).toBe('GANYMEDE_MODEL_REPOSITORY');
});

it('a port that is taken: GANYMEDE_LISTEN', async () => {
  const second = await createServer({
    models: [file('faces.onnx')],
    port: Number(new URL(url).port),
    workers: 1,
  });
  await expect(second.listen()).rejects.toMatchObject({ code: 'GANYMEDE_LISTEN' });
});

/** A request that keeps a worker busy for long beside the time of a health check. */
const slow = (address: string, count = 512) =>
  fetch(`${address}/v2/models/slow/infer`, { method: 'POST', body: JSON.stringify(infer(count, 1)) });

it('answers health checks while a model runs, refuses what exceeds the queue, and closes after the last answer', async () => {
  const busy = await createServer({
    models: [file('slow.onnx')],
    port: 0,
    workers: 1,
    maxBatch: 512,
    maxQueue: 1,
  });
  const address = await busy.listen();
  let running = true;
  const started = performance.now();
  const first = slow(address).then(async (response) => {
    await response.text();
    running = false;
    return { status: response.status, took: performance.now() - started };
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const checks: number[] = [];
  while (running && checks.length < 20) {
    const from = performance.now();
    const response = await fetch(`${address}/v2/health/live`);
    await response.text();
    if (running) checks.push(performance.now() - from);
    expect(response.status).toBe(200);
  }
  const { status, took } = await first;
  expect(status).toBe(200);
  expect(took).toBeGreaterThan(200);
  // On an idle machine a check takes 2 ms; on a blocked event loop every one would take the whole inference.
  expect(checks.length).toBeGreaterThan(3);
  expect(checks.sort((a, b) => a - b)[Math.floor(checks.length / 2)]).toBeLessThan(took / 4);

  const flood = Array.from({ length: 6 }, () => slow(address, 256));
  const statuses = (await Promise.all(flood)).map((response) => [
    response.status,
    response.headers.get('retry-after'),
  ]);
  expect(statuses.filter(([status]) => status === 200).length).toBeGreaterThanOrEqual(1);
  expect(statuses).toContainEqual([503, '1']);

  const last = slow(address);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const from = performance.now();
  await Promise.all([busy.close(), last.then(({ status }) => expect(status).toBe(200))]);
  expect(performance.now() - from).toBeLessThan(10 * took + 2000);
  await expect(fetch(`${address}/v2/health/live`)).rejects.toThrow();
});
