import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bundlePage } from './bundle-page.js';

/** Where a script names a module of Node to be loaded with it. */
const ofNode = /(?:from|import)\s*["'](?:node:|fs|path|os|crypto)/;

async function check(scripts: Map<string, Uint8Array>): Promise<void> {
  const texts = [...scripts].map(([path, contents]) => [path, new TextDecoder().decode(contents)] as const);
  expect(texts.filter(([, text]) => ofNode.test(text)).map(([path]) => path)).toEqual([]);
  const page = texts.find(([path]) => path === '/page.js')?.[1] ?? '';
  // Each build of ONNX Runtime is a script of its own, loaded where its device is used.
  expect(page).toMatch(/import\(["']\.\/ort\.wasm/);
  expect(page).toMatch(/import\(["']\.\/ort\.webgpu/);
  expect(page.length).toBeLessThan(3e6);
}

it('bundles the packages for a browser from their source', async () => check(await bundlePage()));

it('bundles the packages for a browser as they are published', async (context) => {
  const dist = new URL('../dist/index.js', import.meta.url);
  if (!existsSync(dist)) return context.skip('the packages are not built: npm run setup');
  await check(await bundlePage('built'));
});
