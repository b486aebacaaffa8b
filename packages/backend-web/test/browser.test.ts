import { ort } from '@ganymede/backend-ort';
import { testBackend } from '@ganymede/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserBackend, inPage } from './browser-backend.js';
import { chromiumPath, type OpenPage, openPage } from './open-page.js';
import { trainMixture } from './train-mixture.js';

const NONE = 'no Chromium here: install Debian\'s "chromium", or name one in GANYMEDE_CHROMIUM';

describe.skipIf(chromiumPath === undefined)('in Chromium', () => {
  let open: OpenPage;
  beforeAll(async () => {
    open = await openPage();
  });
  afterAll(() => open?.close());

  it('trains a GAN on a mixture of points: the losses of 200 steps are those of Node', async () => {
    const node = await trainMixture(ort, 'ort', 'cpu', 200, { threads: 1 });
    const page = await inPage(open.page, 'trainMixture', 'wasm', 200);
    expect(page.backend).toBe('web · wasm · 1 thread');
    expect(page.losses).toHaveLength(200);
    page.losses.forEach(([discriminator, generator], i) => {
      const [d, g] = node.losses[i] as readonly [number, number];
      expect(Math.abs(discriminator - d), `discriminator's loss in step ${i + 1}`).toBeLessThan(1e-4);
      expect(Math.abs(generator - g), `generator's loss in step ${i + 1}`).toBeLessThan(1e-4);
    });
    // It learned something: two networks that stand still report the same losses for ever.
    expect(Math.abs((node.losses[199]?.[0] ?? 0) - (node.losses[0]?.[0] ?? 0))).toBeGreaterThan(0.01);
  });

  describe('wasm', () => {
    testBackend(() => browserBackend(open.page, 'wasm'));
  });

  describe('webgpu', () => {
    testBackend(() => browserBackend(open.page, 'webgpu'), { looseness: 10 });
  });
});

it.runIf(chromiumPath === undefined)('runs in Chromium', (context) => context.skip(NONE));
