import { existsSync } from 'node:fs';
import process from 'node:process';
import { testBackend } from '@ganymede/testing';
import { describe, it } from 'vitest';
import { devices } from './devices.js';
import { chosenDriver, SWIFTSHADER } from './hardware.js';
import { ortBackend } from './ort-backend.js';

// Without a GPU these tests run on SwiftShader, where it is installed.
if (chosenDriver() === undefined && existsSync(SWIFTSHADER)) process.env.VK_ICD_FILENAMES = SWIFTSHADER;
const webgpu = (await devices()).find(({ device }) => device === 'webgpu');

if (webgpu?.usable === true) {
  // Software adapters round functions such as tanh more coarsely than a CPU library.
  testBackend(() => ortBackend({ device: 'webgpu' }), { looseness: 10 });
} else {
  describe('backend on webgpu', () => {
    it('passes the conformance suite', (context) => context.skip(webgpu?.detail ?? 'no report'));
  });
}
