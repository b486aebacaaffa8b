import { existsSync } from 'node:fs';
import process from 'node:process';
import { type Held, isOnDevice, toHost } from '@ganymede/core';
import { graph, input, numbersOf, valueOf } from '@ganymede/tensor';
import { testBackend } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { devices } from './devices.js';
import { chosenDriver, SWIFTSHADER } from './hardware.js';
import { ortBackend } from './ort-backend.js';

// Without a GPU these tests run on SwiftShader, where it is installed.
if (chosenDriver() === undefined && existsSync(SWIFTSHADER)) process.env.VK_ICD_FILENAMES = SWIFTSHADER;
const webgpu = (await devices()).find(({ device }) => device === 'webgpu');

if (webgpu?.usable === true) {
  // Software adapters round functions such as tanh more coarsely than a CPU library.
  testBackend(() => ortBackend({ device: 'webgpu' }), { looseness: 10, programs: 8 });

  it('keeps on the device what is fed back, and nothing else', async () => {
    const backend = await ortBackend({ device: 'webgpu' });
    const x = input('x', [2, 2], 'float32');
    const program = graph({
      outputs: { state: x.mul(2), count: input('n', [], 'int32').add(1), loss: x.sum() },
    });
    const executable = await backend.compile(program, { resident: ['state', 'count'] });
    let state: Held = valueOf([1, 2, 3, 4], [2, 2]);
    for (let run = 0; run < 3; run++) {
      const results: Record<string, Held> = await executable.run({ x: state, n: valueOf(run, [], 'int32') });
      expect(isOnDevice(results.state as Held)).toBe(true);
      expect(isOnDevice(results.loss as Held)).toBe(false);
      if (isOnDevice(state)) state.dispose();
      state = results.state as Held;
    }
    expect(numbersOf(await toHost(state))).toEqual([8, 16, 24, 32]);
    await executable.dispose();
    await backend.dispose();
  });
} else {
  describe('backend on webgpu', () => {
    it('passes the conformance suite', (context) => context.skip(webgpu?.detail ?? 'no report'));
  });
}
