import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GanymedeError, filled } from '@ganymede/tensor';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileCheckpointStore } from './file-checkpoint-store.js';
import { writeError, writeFileDurably } from './write-file-durably.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ganymede-write-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('writeFileDurably', () => {
  it('writes text, bytes and parts, replacing what was there', async () => {
    const file = join(folder, 'x');
    await writeFileDurably(file, 'old, and longer');
    await writeFileDurably(file, [Uint8Array.of(97, 98), Uint8Array.of(99)]);
    expect(await readFile(file, 'utf8')).toBe('abc');
    await writeFileDurably(file, Uint8Array.of(100));
    expect(await readFile(file, 'utf8')).toBe('d');
    expect(await readdir(folder)).toEqual(['x']);
  });

  it('names the path it cannot write, and leaves nothing', async () => {
    const path = join(folder, 'missing', 'x');
    await expect(writeFileDurably(path, 'x')).rejects.toMatchObject({
      code: 'GANYMEDE_WRITE',
      data: { path },
    });
    // The rename fails: the target is a folder with something in it.
    await rm(folder, { recursive: true });
    await import('node:fs/promises').then((fs) => fs.mkdir(join(folder, 'x', 'y'), { recursive: true }));
    await expect(writeFileDurably(join(folder, 'x'), 'x')).rejects.toMatchObject({ code: 'GANYMEDE_WRITE' });
    expect(await readdir(folder)).toEqual(['x']);
  });

  it('tells a full disk apart', () => {
    for (const code of ['ENOSPC', 'EDQUOT']) {
      const cause = Object.assign(new Error(code), { code });
      expect(GanymedeError.is(writeError('/x', cause), 'GANYMEDE_DISK_FULL')).toBe(true);
    }
  });
});

/** A file system of 256 KiB, where this process may mount one. */
function smallDisk(): { path: string; unmount: () => void } | undefined {
  const path = mkdtempSync(join(tmpdir(), 'ganymede-small-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', path]).status !== 0) {
    rmdirSync(path);
    return undefined;
  }
  return {
    path,
    unmount: () => {
      spawnSync('umount', [path]);
      rmdirSync(path);
    },
  };
}

describe('a full disk', () => {
  it('refuses the new checkpoint, keeps the old one, leaves no rubbish', async (ctx) => {
    const disk = smallDisk();
    if (disk === undefined) return ctx.skip('this process may not mount a small file system');
    try {
      const place = join(disk.path, 'checkpoints');
      const store = fileCheckpointStore(place);
      const meta = {
        iteration: 1,
        position: {},
        data: { epoch: 0, batch: 0 },
        calls: {},
        seed: 0,
        algorithm: { id: '@acme/x/y' },
        dataset: '',
        backend: '',
        versions: {},
        seconds: 0,
      };
      await store.save(meta, { w: filled([25_000], 1) });
      const before = (await readdir(place)).sort();
      const full = store.save({ ...meta, iteration: 2 }, { w: filled([60_000], 2) });
      await expect(full).rejects.toMatchObject({ code: 'GANYMEDE_DISK_FULL' });
      expect((await readdir(place)).sort()).toEqual(before);
      expect((await store.load('step-000001')).state.w?.data[24_999]).toBe(1);
      // And once there is space again, it goes on.
      await store.save({ ...meta, iteration: 2 }, { w: filled([1000], 2) });
      expect(await store.list()).toEqual(['step-000001', 'step-000002']);
    } finally {
      disk.unmount();
    }
  });
});
