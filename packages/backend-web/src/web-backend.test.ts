import { graph, input, matmul } from '@ganymede/tensor';
import { testBackend } from '@ganymede/testing';
import { expect, it } from 'vitest';
import { webBackend } from './web-backend.js';

// WebAssembly runs in Node as it does in a browser; test/browser.test.ts has the browser.
testBackend(() => webBackend({ device: 'wasm' }));

it('refuses a graph that does not fit the 4 GiB of WebAssembly', async () => {
  const backend = await webBackend({ device: 'wasm' });
  const x = input('x', [40_000, 1], 'float32');
  const y = matmul(x, x.transpose([1, 0])).sum();
  await expect(backend.compile(graph({ outputs: { y } }))).rejects.toMatchObject({
    code: 'GANYMEDE_BACKEND_MEMORY',
    message: expect.stringMatching(
      /^web on wasm has 4.0 GiB of memory, and the graph needs at least 6.0 GiB/,
    ),
  });
  await backend.dispose();
});

it('refuses WebGPU where there is none, and takes WebAssembly by itself', async (context) => {
  if ('gpu' in ((globalThis as { navigator?: object }).navigator ?? {}))
    return context.skip('this Node has WebGPU');
  await expect(webBackend({ device: 'webgpu' })).rejects.toMatchObject({
    code: 'GANYMEDE_BACKEND_DEVICE',
    message: expect.stringContaining('there is no WebGPU here (no navigator.gpu)'),
  });
  expect(await webBackend()).toMatchObject({ device: 'wasm', summary: 'web · wasm · 1 thread' });
});

it('says that threads cannot be changed later', async () => {
  const [first, second] = [
    await webBackend({ device: 'wasm' }),
    await webBackend({ device: 'wasm', threads: 3 }),
  ];
  expect(first.notice).toBeUndefined();
  expect(second).toMatchObject({
    summary: first.summary,
    notice: expect.stringContaining('that cannot be changed later'),
  });
});
