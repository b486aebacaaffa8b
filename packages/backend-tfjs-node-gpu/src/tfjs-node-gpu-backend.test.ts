import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createGanymede } from '@ganymede/core';
import { testBackend } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { tfjsNodeGpu } from './plugin.js';
import { tfjsNodeGpuBackend } from './tfjs-node-gpu-backend.js';

const built = fileURLToPath(new URL('../../../.cache/tfjs-node', import.meta.url));
const from =
  process.env.GANYMEDE_TFJS_NODE ?? (existsSync(path.join(built, 'setup.json')) ? built : undefined);
const hasGpu = existsSync('/dev/nvidia0') && process.env.CUDA_VISIBLE_DEVICES !== '-1';

describe('on a GPU', () => {
  if (from !== undefined && hasGpu) testBackend(() => tfjsNodeGpuBackend({ from }), { looseness: 10 });
  else
    it('passes the conformance suite', (context) => context.skip('there is no NVIDIA GPU, or no tfjs-node'));
});

describe('without a GPU', () => {
  it('is refused, not replaced by the CPU, unless the CPU is asked for', async (context) => {
    if (from === undefined || hasGpu) context.skip('needs tfjs-node, and no GPU');
    const where = { ...(from !== undefined && { from }) };
    await expect(tfjsNodeGpuBackend(where)).rejects.toMatchObject({
      code: 'GANYMEDE_BACKEND_DEVICE',
      data: { device: 'gpu' },
    });
    const backend = await tfjsNodeGpuBackend({ ...where, device: 'cpu' });
    expect(backend.summary).toMatch(/^tfjs-node-gpu · cpu · /);
    await backend.dispose();
  });

  it('names both packages where none is installed', async () => {
    await expect(tfjsNodeGpuBackend({ from: '/nowhere' })).rejects.toMatchObject({
      code: 'GANYMEDE_BACKEND_UNAVAILABLE',
      data: { packages: ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] },
    });
  });
});

it('is found by its short id', () => {
  const ganymede = createGanymede({ plugins: [tfjsNodeGpu] });
  expect(ganymede.resolve('backend', 'tfjs-node-gpu')).toBe('@ganymede/backend-tfjs-node-gpu/tfjs-node-gpu');
});
