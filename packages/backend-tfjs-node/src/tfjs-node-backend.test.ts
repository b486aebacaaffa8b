import { testBackend } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { notInstalled, tfjsNodeFolder } from '../test/installed-tfjs-node.js';
import { tfjsNodeBackend } from './tfjs-node-backend.js';

if (tfjsNodeFolder === undefined) {
  describe('backend on libtensorflow', () => {
    it('passes the conformance suite', (context) => context.skip(notInstalled));
  });
} else {
  const from = tfjsNodeFolder;
  testBackend(() => tfjsNodeBackend({ from }));

  describe('tfjsNodeBackend', () => {
    it('says what it runs on', async () => {
      const backend = await tfjsNodeBackend({ from, threads: 2 });
      expect(backend).toMatchObject({ name: 'tfjs-node', device: expect.stringMatching(/^(cpu|gpu)$/) });
      expect(backend.summary).toMatch(/^tfjs-node · (cpu · 2 threads|gpu) · libtensorflow \d+\.\d+/);
      await backend.dispose();
    });

    it('refuses the device that TensorFlow did not take', async () => {
      const { device } = await tfjsNodeBackend({ from });
      const other = device === 'cpu' ? 'gpu' : 'cpu';
      await expect(tfjsNodeBackend({ from, device: other })).rejects.toMatchObject({
        code: 'GANYMEDE_BACKEND_DEVICE',
        data: { device: other },
      });
    });
  });
}

it('names the package to install where there is none', async () => {
  await expect(tfjsNodeBackend({ from: '/nowhere' })).rejects.toMatchObject({
    code: 'GANYMEDE_BACKEND_UNAVAILABLE',
    message: expect.stringContaining('"@tensorflow/tfjs-node" is not installed in /nowhere'),
    hint: expect.stringContaining('npm install @tensorflow/tfjs-node'),
  });
});
