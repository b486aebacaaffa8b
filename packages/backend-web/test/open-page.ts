import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join } from 'node:path';
import process from 'node:process';
import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { bundlePage } from './bundle-page.js';

/** Chromium, where this machine has one: `GANYMEDE_CHROMIUM`, or where Linux distributions put it. */
export const chromiumPath = [
  process.env.GANYMEDE_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== '' && existsSync(path));

/** Why a test is skipped. */
export const NO_CHROMIUM =
  "no Chromium here: install Debian's package chromium, or name one in GANYMEDE_CHROMIUM";

/** WebGPU in software, so that no GPU is needed. */
const webgpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan'];

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.html': 'text/html',
};

export interface OpenPage {
  readonly page: Page;
  close(): Promise<void>;
}

/** Bundles `page.ts`, serves it with onnxruntime-web's files, and opens it in headless Chromium. */
export async function openPage(): Promise<OpenPage> {
  const scripts = await bundlePage();
  scripts.set('/', new TextEncoder().encode('<script type="module" src="/page.js"></script>'));
  const runtime = dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));
  const server = createServer(async ({ url = '/' }, response) => {
    const body = url.startsWith('/ort/')
      ? await readFile(join(runtime, url.slice('/ort/'.length))).catch(() => undefined)
      : scripts.get(url);
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': types[extname(url) || '.html'] ?? 'text/plain',
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    executablePath: chromiumPath as string,
    args: ['--no-sandbox', ...webgpu],
  });
  const close = async () => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page
      .waitForFunction(() => 'ganymede' in globalThis, undefined, { timeout: 30_000 })
      .catch((error) => {
        throw new Error(`the page did not start: ${errors.join('; ') || String(error)}`);
      });
    return { page, close };
  } catch (error) {
    await close();
    throw error;
  }
}
