import { expect, it } from 'vitest';
import { loadBuild } from './load-runtime.js';

it('names the package to install where it is missing', async () => {
  const missing = Object.assign(new Error("Cannot find package 'onnxruntime-web'"), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
  await expect(loadBuild('wasm', () => Promise.reject(missing))).rejects.toMatchObject({
    code: 'GANYMEDE_BACKEND_UNAVAILABLE',
    message: expect.stringContaining('"onnxruntime-web", which is not installed'),
    hint: expect.stringContaining('npm install onnxruntime-web'),
    cause: missing,
  });
});

it('tells a script that does not load from one that is missing', async () => {
  const broken = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
  await expect(loadBuild('webgpu', broken)).rejects.toMatchObject({
    code: 'GANYMEDE_BACKEND_UNAVAILABLE',
    message: expect.stringContaining('does not load: Failed to fetch'),
  });
});
