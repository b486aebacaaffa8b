import { type Backend, type DeviceValue, GanymedeError, isOnDevice, toHost } from '@ganymede/core';
import { graph, input, type Value, valueOf } from '@ganymede/tensor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ortBackend } from '../ort-backend.js';
import { loadOrtApi } from './ort-api.js';

let backend: Backend;
beforeAll(async () => {
  backend = await ortBackend({ device: 'cpu', threads: 1 });
});
afterAll(() => backend.dispose());

const available = (await loadOrtApi()) !== undefined;
const x = input('x', [3]);
const program = graph({ outputs: { next: x.mul(2), sum: x.sum(), same: x } });
const codeOf = (error: unknown): string | undefined => (GanymedeError.is(error) ? error.code : undefined);

test('without koffi there is no interface, and no error', async () => {
  expect(
    await loadOrtApi(() => {
      throw new Error('not installed');
    }),
  ).toBeUndefined();
});

test('with and without a trace the numbers are the same: one runs natively, the other in onnxruntime-node', async () => {
  const feeds = { x: valueOf([0.1, 2, -3], [3]) };
  const results = await Promise.all(
    [{}, { profile: () => {} }].map(async (options) => {
      const executable = await backend.compile(program, options);
      const result = await executable.run(feeds);
      await executable.dispose();
      return result;
    }),
  );
  expect(results[0]).toEqual(results[1]);
});

test('what stays is used again once it is disposed, not before', async (ctx) => {
  if (!available) return ctx.skip('koffi or libonnxruntime cannot be loaded here');
  const executable = await backend.compile(program, { resident: ['next'] });
  const first = (await executable.run({ x: valueOf([1, 2, 3], [3]) })).next as DeviceValue;
  expect(isOnDevice(first)).toBe(true);
  const second = (await executable.run({ x: first })).next as DeviceValue;
  expect([...((await first.read()) as Value).data]).toEqual([2, 4, 6]);
  const copy = await second.read();
  first.dispose();
  const third = (await executable.run({ x: second })).next as DeviceValue;
  expect([...(await toHost(third)).data]).toEqual([8, 16, 24]);
  second.dispose();
  await executable.run({ x: third });
  expect([...copy.data]).toEqual([4, 8, 12]);
  expect(await second.read().catch(codeOf)).toBe('GANYMEDE_FEED');
  expect(await executable.run({ x: first }).catch(codeOf)).toBe('GANYMEDE_FEED');
});

test('a run that is overtaken by dispose is an error, not a crash', async () => {
  const executable = await backend.compile(program);
  const late = executable.run({ x: valueOf([1, 2, 3], [3]) }).catch(codeOf);
  await executable.dispose();
  expect(await late).toBe('GANYMEDE_BACKEND_RUN');
});

test('what the kernels refuse has a code and names the node', async () => {
  const rows = input('rows', [2], 'int64');
  const picked = graph({ outputs: { y: input('table', [3, 1]).gather(rows, 0) } });
  const executable = await backend.compile(picked);
  const feeds = { table: valueOf([1, 2, 3], [3, 1]), rows: valueOf([0, 9], [2], 'int64') };
  expect(await executable.run(feeds).catch(codeOf)).toBe('GANYMEDE_BACKEND_RUN');
});
