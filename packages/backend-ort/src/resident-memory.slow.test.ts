import process from 'node:process';
import { graph, input, matmul, valueOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import type { Held } from '@ganymede/core';
import { ortBackend } from './ort-backend.js';

it('keeps no memory over thousands of runs', async () => {
  const backend = await ortBackend({ device: 'cpu', threads: 2 });
  const x = input('x', [256, 256], 'float32');
  const program = graph({
    outputs: { next: matmul(x, input('w', [256, 256], 'float32')).tanh(), spare: x.mul(2) },
  });
  const executable = await backend.compile(program, { resident: ['next'] });
  const w = valueOf(
    Array.from({ length: 65536 }, (_, i) => Math.sin(i)),
    [256, 256],
  );
  let state: Held = w;
  const sizes: number[] = [];
  for (let run = 1; run <= 8000; run++) {
    state = (await executable.run({ x: state, w })).next as Held;
    if (run % 1000 === 0) sizes.push(process.memoryUsage().rss);
  }
  // 1000 leaked runs would be 500 MB.
  expect((sizes.at(-1) as number) / (sizes[1] as number)).toBeLessThan(1.1);
  await executable.dispose();
  await backend.dispose();
});

it('keeps no memory over many compiled graphs', async () => {
  const backend = await ortBackend({ device: 'cpu', threads: 2 });
  const sizes: number[] = [];
  for (let i = 0; i < 400; i++) {
    const program = graph({
      outputs: { y: matmul(input('x', [64, 64], 'float32'), input('w', [64, 64], 'float32')).add(i) },
    });
    const executable = await backend.compile(program);
    await executable.run({
      x: valueOf(new Float32Array(4096), [64, 64]),
      w: valueOf(new Float32Array(4096), [64, 64]),
    });
    await executable.dispose();
    if (i % 100 === 99) sizes.push(process.memoryUsage().rss);
  }
  expect((sizes.at(-1) as number) / (sizes[1] as number)).toBeLessThan(1.1);
  await backend.dispose();
});
