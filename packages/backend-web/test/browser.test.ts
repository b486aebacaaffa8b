import { ort } from '@ganymede/backend-ort';
import { evaluate, graph, input, matmul, type Value } from '@ganymede/tensor';
import { expectClose, sample, testBackend } from '@ganymede/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserBackend, inPage } from './browser-backend.js';
import { expectLossesOfNode } from './expect-losses-of-node.js';
import { chromiumPath, NO_CHROMIUM, type OpenPage, openPage } from './open-page.js';
import { trainDcgan } from './train-dcgan.js';

if (chromiumPath === undefined) {
  it('runs in Chromium', (context) => context.skip(NO_CHROMIUM));
} else {
  describe('in Chromium', () => {
    let open: OpenPage;
    beforeAll(async () => {
      open = await openPage();
    }, 180_000);
    afterAll(() => open?.close());

    it('trains a GAN on a mixture of points on WebAssembly: 200 steps have the losses of Node', async () => {
      expect(await expectLossesOfNode(open.page, 'wasm', 200)).toBe('web · wasm · 1 thread');
    });

    // Shaders are compiled and run on the CPU here: seconds on an idle machine, minutes on a busy one.
    it('trains it on WebGPU: 5 steps have the losses of Node', { timeout: 300_000 }, async () => {
      expect(await expectLossesOfNode(open.page, 'webgpu', 5)).toBe('web · webgpu');
    });

    it('trains and samples a DCGAN on glyphs as Node does, with checkpoints in memory', async () => {
      const node = await trainDcgan(ort, 'ort', 'cpu', { threads: 1 });
      const page = await inPage(open.page, 'trainDcgan', 'wasm');
      expectClose(page.losses, node.losses, 1e-4, 'losses');
      expectClose(page.pixels, node.pixels, 1e-3, 'pixels');
      expect(page.checkpoint).toBe('step-000003');
    });

    it('has threads on a page that is cross-origin isolated, and refuses them on another', async () => {
      const plain = await open.another({ isolated: false });
      await expect(inPage(plain, 'open', 'wasm', 2)).rejects.toMatchObject({
        code: 'GANYMEDE_BACKEND_DEVICE',
        message: expect.stringContaining('2 threads cannot be used on this page'),
      });
      const page = await open.another({ isolated: true });
      const backend = await browserBackend(page, 'wasm', 2);
      expect(backend).toMatchObject({ summary: 'web · wasm · 2 threads', notice: '' });
      const [a, b] = [input('a', [64, 64], 'float32'), input('b', [64, 64], 'float32')];
      const program = graph({ outputs: { y: matmul(a, b) } });
      const executable = await backend.compile(program);
      const feeds = { a: sample([64, 64], 1), b: sample([64, 64], 2) };
      const { y } = await executable.run(feeds);
      expectClose(y as Value, evaluate(program, feeds).y as Value, 1e-5);
      await backend.dispose();
    });

    it('says what it found, and takes WebAssembly by itself where the only GPU is one in software', async () => {
      expect(await inPage(open.page, 'devices')).toEqual([
        { device: 'wasm', usable: true, detail: 'WebAssembly with SIMD' },
        { device: 'webgpu', usable: true, detail: 'google swiftshader, in software: for tests, slow' },
      ]);
      expect(await inPage(open.page, 'open', 'auto')).toMatchObject({ summary: 'web · wasm · 1 thread' });
    });

    it('refuses a run with a folder: there are no files here', async () => {
      await expect(inPage(open.page, 'trainWithFolder')).rejects.toMatchObject({
        code: 'GANYMEDE_NO_NODE',
        message: expect.stringContaining('this is not Node'),
      });
    });

    describe('on WebAssembly', () => {
      testBackend(() => browserBackend(open.page, 'wasm'));
    });

    describe('on WebGPU, some of the suite (the rest is a slow test)', () => {
      testBackend(() => browserBackend(open.page, 'webgpu'), {
        looseness: 10,
        only: ['convTranspose and its gradients: kernel 1', 'an update of Adam, repeated'],
      });
    });
  });
}
