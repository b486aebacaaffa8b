import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { GanymedeError } from '@ganymede/tensor';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from './lock-folder.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ganymede-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The id of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;
const isLocked = (error: unknown) => GanymedeError.is(error, 'GANYMEDE_RUN_LOCKED');
const writeLock = (holder: object) => writeFile(join(folder, 'run.lock'), JSON.stringify(holder));

describe('lockFolder', () => {
  it('lets one in at a time and leaves nothing behind', async () => {
    const release = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toSatisfy(isLocked);
    await release();
    await (await lockFolder(folder))();
    expect(await readdir(folder)).toEqual([]);
  });

  it('lets exactly one of many in', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
    expect(tries.filter((t) => t.status === 'fulfilled').length).toBe(1);
  });

  it('takes over the lock of a process that is gone', async () => {
    await writeLock({ pid: deadPid(), host: hostname(), started: '1' });
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => lockFolder(folder)));
    expect(tries.filter((t) => t.status === 'fulfilled').length).toBe(1);
    expect(JSON.parse(await readFile(join(folder, 'run.lock'), 'utf8')).pid).toBe(process.pid);
  });

  it('does not mistake a recycled process id for the holder', async (ctx) => {
    if (process.platform !== 'linux') ctx.skip('start times are read from /proc');
    await writeLock({ pid: process.pid, host: hostname(), started: '1' });
    await (await lockFolder(folder))();
  });

  it('respects a lock of another machine, and takes over an empty one', async () => {
    await writeLock({ pid: deadPid(), host: 'elsewhere', started: null });
    await expect(lockFolder(folder)).rejects.toSatisfy(isLocked);
    await writeFile(join(folder, 'run.lock'), '');
    await (await lockFolder(folder))();
  });
});
