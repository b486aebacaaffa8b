import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join } from 'node:path';
import process from 'node:process';
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
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
  /** Opens the same page anew, cross-origin isolated where it may have threads. */
  another(of: { readonly isolated: boolean }): Promise<Page>;
  close(): Promise<void>;
}

const ISOLATED = '/isolated';

/** What makes a page cross-origin isolated; the scripts of its workers need the second, too. */
const isolating = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
} as const;

/** Serves scripts by path, and onnxruntime-web's files below `/ort/`. */
async function serve(
  scripts: ReadonlyMap<string, Uint8Array>,
): Promise<{ readonly server: Server; readonly url: string }> {
  const runtime = dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));
  const server = createServer(async ({ url = '/' }, response) => {
    const body = url.startsWith('/ort/')
      ? await readFile(join(runtime, url.slice('/ort/'.length))).catch(() => undefined)
      : scripts.get(url);
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': types[extname(url) || '.html'] ?? 'text/plain',
      ...(url === '/' ? {} : isolating),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Opens a page and waits for its script. */
async function start(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(url);
  await page
    .waitForFunction(() => 'ganymede' in globalThis, undefined, { timeout: 120_000 })
    .catch((error) => {
      throw new Error(`the page did not start: ${errors.join('; ') || String(error)}`);
    });
  return page;
}

/** Bundles `page.ts`, serves it with onnxruntime-web's files, and opens it in headless Chromium. */
export async function openPage(): Promise<OpenPage> {
  const document = new TextEncoder().encode('<script type="module" src="/page.js"></script>');
  const { server, url } = await serve(
    new Map([...(await bundlePage()), ['/', document], [ISOLATED, document]]),
  );
  const executablePath = chromiumPath as string;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', ...webgpu] });
  const close = async () => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  try {
    return {
      page: await start(browser, `${url}/`),
      another: ({ isolated }) => start(browser, url + (isolated ? ISOLATED : '/')),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
