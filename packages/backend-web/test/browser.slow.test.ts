import { testBackend } from '@ganymede/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserBackend } from './browser-backend.js';
import { expectLossesOfNode } from './expect-losses-of-node.js';
import { chromiumPath, NO_CHROMIUM, type OpenPage, openPage } from './open-page.js';

if (chromiumPath === undefined) {
  it('runs in Chromium', (context) => context.skip(NO_CHROMIUM));
} else {
  describe('in Chromium, on WebGPU', () => {
    let open: OpenPage;
    beforeAll(async () => {
      open = await openPage();
    }, 180_000);
    afterAll(() => open?.close());

    it('trains a GAN on a mixture of points: 200 steps have the losses of Node', async () => {
      expect(await expectLossesOfNode(open.page, 'webgpu', 200)).toBe('web · webgpu');
    });

    testBackend(() => browserBackend(open.page, 'webgpu'), { looseness: 10 });
  });
}
