import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { KernelRun } from '@ganymede/core';
import { conv, graph, input, relu, scope, valueOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { kernelRuns } from './kernel-trace.js';
import { ortBackend } from './ort-backend.js';

const event = (name: string, ts: number, dur: number, args: Record<string, string> = {}) => ({
  cat: name === 'model_run' ? 'Session' : 'Node',
  ...{ name, ts, dur, args },
});

it('reads kernels out of a trace: runs, layers, also of joined nodes, and milliseconds', () => {
  const scopes = new Set(['', 'generator/conv1', 'gradient/generator/conv1']);
  const events = [
    event('model_run', 5000, 900),
    event('model_run', 1000, 900),
    event('fused generator/conv1/Conv_1_kernel_time', 1500, 250, { op_name: 'FusedConv', output_size: '64' }),
    event('generator/conv1/Conv_1_fence_before', 1400, 1),
    event('gradient/generator/conv1/Reshape_1_new_reshape_kernel_time', 1100, 10, {
      op_name: 'Reshape',
      output_size: '64',
    }),
    event('Transpose_token_6_kernel_time', 5100, 2, { op_name: 'Transpose', output_size: '8' }),
  ];
  expect(kernelRuns(events, scopes)).toEqual([
    {
      ...{ run: 0, node: 'gradient/generator/conv1/Reshape_1_new_reshape', operator: 'Reshape' },
      ...{ scope: 'gradient/generator/conv1', start: 0.1, milliseconds: 0.01, bytes: 0 },
    },
    {
      ...{ run: 0, node: 'fused generator/conv1/Conv_1', scope: 'generator/conv1', operator: 'FusedConv' },
      ...{ start: 0.5, milliseconds: 0.25, bytes: 64 },
    },
    {
      run: 1,
      node: 'Transpose_token_6',
      scope: '',
      operator: 'Transpose',
      start: 4.1,
      milliseconds: 0.002,
      bytes: 8,
    },
  ]);
});

it('tells what every kernel of a session took, keeping layers through the lowering, and leaves no file', async () => {
  const before = await readdir(tmpdir());
  const backend = await ortBackend({ device: 'cpu' });
  const x = input('x', [2, 3, 8, 8]);
  const y = scope('net', () => scope('first', () => conv(x, input('w', [4, 3, 3, 3])).tanh()));
  const program = graph({ outputs: { y: scope('second', () => relu(y)) } });
  let kernels: readonly KernelRun[] = [];
  const executable = await backend.compile(program, {
    profile: (runs) => {
      kernels = runs;
    },
  });
  const feeds = {
    x: valueOf(new Float32Array(2 * 3 * 64).fill(0.1), [2, 3, 8, 8]),
    w: valueOf(new Float32Array(4 * 27).fill(0.1), [4, 3, 3, 3]),
  };
  for (let i = 0; i < 3; i++) await executable.run(feeds);
  await executable.dispose();
  await backend.dispose();
  expect(new Set(kernels.map(({ run }) => run))).toEqual(new Set([0, 1, 2]));
  expect(new Set(kernels.map(({ scope }) => scope))).toEqual(new Set(['net/first', 'second']));
  const product = kernels.find(({ operator }) => /Gemm|MatMul|Conv/.test(operator));
  expect(product).toMatchObject({ scope: 'net/first', bytes: 2 * 4 * 36 * 4 });
  expect(kernels.every(({ milliseconds, start }) => milliseconds >= 0 && start >= 0)).toBe(true);
  const made = (await readdir(tmpdir())).filter((name) => !before.includes(name));
  expect(made.filter((name) => name.startsWith('ganymede-profile-'))).toEqual([]);
});
