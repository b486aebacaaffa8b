import { describe, expect, it } from 'vitest';
import { loadRuntime } from './load-runtime.js';

const missing = Object.assign(new Error("Cannot find package 'onnxruntime-node'"), {
  code: 'ERR_MODULE_NOT_FOUND',
});

describe('loadRuntime', () => {
  it('names the package to install where it is missing', async () => {
    await expect(loadRuntime(() => Promise.reject(missing))).rejects.toMatchObject({
      code: 'GANYMEDE_BACKEND_UNAVAILABLE',
      message: expect.stringContaining('"onnxruntime-node", which is not installed'),
      hint: expect.stringContaining('npm install onnxruntime-node --ignore-scripts'),
      cause: missing,
    });
  });

  it('tells a package that does not load from one that is missing', async () => {
    const broken = () =>
      Promise.reject(new Error('libonnxruntime.so.1: cannot open shared object file\nmore'));
    await expect(loadRuntime(broken)).rejects.toMatchObject({
      code: 'GANYMEDE_BACKEND_UNAVAILABLE',
      message: expect.stringContaining('does not load: libonnxruntime.so.1: cannot open shared object file'),
    });
  });

  it('takes the exports from the namespace or from its default', async () => {
    const { InferenceSession } = await loadRuntime();
    expect(typeof InferenceSession.create).toBe('function');
  });
});
