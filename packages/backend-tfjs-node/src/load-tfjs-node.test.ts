import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseDevice } from './devices.js';
import { findTfjsNode } from './find-tfjs-node.js';
import { loadTfjsNode } from './load-tfjs-node.js';
import { probe } from './probe.js';

/** A stand-in for the package, whose operators need what Node 23 removed. */
const works = `
const util = require('util');
const kernel = (x) => { if (util.isNullOrUndefined(x)) throw new Error('nothing'); return x; };
const backend = { isUsingGpuDevice: false, binding: { TF_Version: '9.9.9' }, hidden: process.env.CUDA_VISIBLE_DEVICES };
module.exports = {
  backend: () => backend,
  findBackend: (name) => (name === 'tensorflow' ? backend : null),
  matMul: () => ({ dataSync: () => kernel([11]) }),
};`;

let folder = '';
const put = async (name: string, code: string) => {
  const home = join(folder, 'node_modules', name);
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'package.json'), JSON.stringify({ name, version: '4.22.0', main: 'index.js' }));
  await writeFile(join(home, 'index.js'), code);
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ganymede-'));
  await put('works', works);
  await put('broken', `throw new Error("libtensorflow.so.2: cannot open shared object file\\nmore");`);
  await put('fatal', 'process.abort();');
  await put('wrong', works.replace('[11]', '[12]'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('findTfjsNode', () => {
  it('takes the first that is installed', () => {
    expect(findTfjsNode(['absent', 'works'], folder)).toMatchObject({ name: 'works', version: '4.22.0' });
    expect(findTfjsNode(['absent'], folder)).toBeUndefined();
  });
});

describe('loadTfjsNode', () => {
  it('loads it and tells what it is', () => {
    const { version, gpu, tf } = loadTfjsNode({ packages: ['works'], from: folder, cpuOnly: true });
    expect({ version, gpu }).toEqual({ version: '9.9.9', gpu: false });
    // GPUs were hidden while it was loaded, and no longer.
    expect(tf.backend()).toMatchObject({ hidden: '-1' });
    expect(process.env.CUDA_VISIBLE_DEVICES).not.toBe('-1');
  });

  it('says what does not load, and what to do', () => {
    expect(() => loadTfjsNode({ packages: ['broken'], from: folder })).toThrow(
      expect.objectContaining({
        code: 'GANYMEDE_BACKEND_UNAVAILABLE',
        message: expect.stringContaining(
          'the package "broken" 4.22.0 is installed but does not load: libtensorflow.so.2: cannot open shared object file\n',
        ),
      }),
    );
  });
});

describe('probe', () => {
  const probed = (name: string) => {
    const found = findTfjsNode([name], folder);
    if (found === undefined) throw new Error('the fixture is missing');
    return probe(found);
  };

  it('tells a package that works from ones that fail, end the process or compute wrongly', async () => {
    await expect(probed('works')).resolves.toEqual({
      usable: true,
      version: '9.9.9',
      gpu: false,
      reason: '',
    });
    await expect(probed('broken')).resolves.toMatchObject({
      usable: false,
      reason: 'libtensorflow.so.2: cannot open shared object file',
    });
    await expect(probed('fatal')).resolves.toMatchObject({
      usable: false,
      reason: 'the library ended the process (SIGABRT)',
    });
    await expect(probed('wrong')).resolves.toMatchObject({
      usable: false,
      reason: 'it computes wrong numbers',
    });
  });
});

describe('chooseDevice', () => {
  const loaded = (gpu: boolean) => ({ ...loadTfjsNode({ packages: ['works'], from: folder }), gpu });

  it('takes what TensorFlow took, and refuses anything else', () => {
    expect(chooseDevice('auto', loaded(false))).toBe('cpu');
    expect(chooseDevice('auto', loaded(true))).toBe('gpu');
    expect(chooseDevice('gpu', loaded(true))).toBe('gpu');
    expect(() => chooseDevice('gpu', loaded(false))).toThrow(/libtensorflow 9\.9\.9 sees none/);
    expect(() => chooseDevice('cpu', loaded(true))).toThrow(/loaded with a GPU/);
  });
});
