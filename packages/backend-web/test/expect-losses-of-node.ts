import { ort } from '@ganymede/backend-ort';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { inPage } from './browser-backend.js';
import { trainMixture } from './train-mixture.js';

/**
 * Trains the GAN of `train-mixture.ts` in the page and in this process on the CPU, and expects the same losses in every step,
 * within 1e-4. Returns what the page's backend says of itself.
 */
export async function expectLossesOfNode(
  page: Page,
  device: 'wasm' | 'webgpu',
  steps: number,
): Promise<string> {
  const node = await trainMixture(ort, 'ort', 'cpu', steps, { threads: 1 });
  const { backend, losses } = await inPage(page, 'trainMixture', device, steps);
  expect(losses).toHaveLength(steps);
  for (const [i, [discriminator, generator]] of losses.entries()) {
    const [d, g] = node.losses[i] as readonly [number, number];
    expect(Math.abs(discriminator - d), `discriminator's loss in step ${i + 1}`).toBeLessThan(1e-4);
    expect(Math.abs(generator - g), `generator's loss in step ${i + 1}`).toBeLessThan(1e-4);
  }
  // Networks that stand still have equal losses too: a hundred times what is allowed must have changed.
  const [first, last] = [losses[0]?.[0] ?? 0, losses.at(-1)?.[0] ?? 0];
  expect(Math.abs(last - first), 'change of the loss').toBeGreaterThan(0.01);
  return backend;
}
