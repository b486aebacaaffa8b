import process from 'node:process';
import { availableMemory } from '@ganymede/core';
import { graph, input, matmul, valueOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { devices } from './devices.js';
import { ortBackend } from './ort-backend.js';

/** x x^T of a column: 100 GB for 160 000 rows. */
const product = (rows: number | string) => {
  const x = input('x', [rows, 1], 'float32');
  return graph({
    outputs: {
      y: matmul(x, x.transpose([1, 0]))
        .tanh()
        .sum(),
    },
  });
};
const rows = Math.ceil(Math.max(160_000, Math.sqrt(availableMemory() / 2)));

it('refuses a graph that needs more memory than there is, when it is compiled', async () => {
  const backend = await ortBackend({ device: 'cpu', threads: 1 });
  const before = process.memoryUsage().rss;
  await expect(backend.compile(product(rows))).rejects.toMatchObject({
    code: 'GANYMEDE_BACKEND_MEMORY',
    message: expect.stringMatching(/^ort on cpu has \d+ GiB of memory, and the graph needs at least \d+ GiB/),
    hint: expect.stringContaining('smaller batch'),
  });
  expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 28);
  await backend.dispose();
});

it('refuses sizes that need more memory than there is, and goes on with others', async () => {
  const backend = await ortBackend({ device: 'cpu', threads: 1 });
  const executable = await backend.compile(product('N'));
  const feeds = (n: number) => ({ x: valueOf(new Float32Array(n).fill(1), [n, 1]) });
  await expect(executable.run(feeds(rows))).rejects.toMatchObject({ code: 'GANYMEDE_BACKEND_MEMORY' });
  const { y } = await executable.run(feeds(2));
  expect((y as { data: Float32Array }).data[0]).toBeCloseTo(4 * Math.tanh(1), 5);
  await backend.dispose();
});

it('turns a failed allocation on WebGPU into the same error, and goes on', async (context) => {
  const webgpu = (await devices()).find(({ device }) => device === 'webgpu');
  if (webgpu?.usable !== true) return context.skip(webgpu?.detail ?? 'no report');
  const backend = await ortBackend({ device: 'webgpu' });
  const large = await backend.compile(product(160_000));
  const x = valueOf(new Float32Array(160_000), [160_000, 1]);
  await expect(large.run({ x })).rejects.toMatchObject({ code: 'GANYMEDE_BACKEND_MEMORY' });
  const small = await backend.compile(product(2));
  const { y } = await small.run({ x: valueOf([1, 1], [2, 1]) });
  expect((y as { data: Float32Array }).data[0]).toBeCloseTo(4 * Math.tanh(1), 3);
  await backend.dispose();
});
