import { nodeModule } from './node-module.js';
import { GanymedeError } from '@ganymede/tensor';
import { writeError } from './write-file-durably.js';

const { link, readFile, rename, rm, writeFile } = nodeModule('node:fs/promises');
const { hostname } = nodeModule('node:os');
const { join } = nodeModule('node:path');
const process = nodeModule('node:process');

let created = 0;

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the kernel's clock: a recycled process id does not pass for the holder. */
  readonly started: string | null;
}

/** Start time of a process from /proc, null where the system has none. Field 22, counted after the name's last `)`. */
async function startedAt(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isStale(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return false; // Another machine's processes cannot be seen from here.
  if (!isAlive(holder.pid)) return true;
  return holder.started !== null && holder.started !== (await startedAt(holder.pid));
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function inUse(folder: string, file: string, holder: Holder | undefined): GanymedeError {
  const who = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`;
  return new GanymedeError('GANYMEDE_RUN_LOCKED', {
    message: `the run folder "${folder}" is in use by ${who}`,
    hint: `wait for it or stop it; if it no longer exists, delete "${file}"`,
    data: { folder, ...holder },
  });
}

/**
 * Takes a run folder for this process through the file `run.lock`; returns the release. The lock of a killed process is
 * recognised and taken over. Throws `GANYMEDE_RUN_LOCKED`.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'run.lock');
  const mine: Holder = { pid: process.pid, host: hostname(), started: await startedAt(process.pid) };
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await create(file, JSON.stringify(mine))) return () => rm(file, { force: true });
    const holder = await readHolder(file);
    if (holder !== undefined && !(await isStale(holder))) throw inUse(folder, file, holder);
    await takeAway(file, holder);
  }
  throw inUse(folder, file, await readHolder(file));
}

/** Makes the lock with its contents in one move: a killed process leaves none or a whole one. False where there is one. */
async function create(file: string, content: string): Promise<boolean> {
  const whole = `${file}.${process.pid}-${created++}`;
  try {
    await writeFile(whole, content, { flag: 'wx' });
    await link(whole, file).catch(async (error: NodeJS.ErrnoException) => {
      // A file system without hard links: the exclusive flag does it, not quite in one move.
      if (error.code === 'EEXIST') throw error;
      await writeFile(file, content, { flag: 'wx' });
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw writeError(file, error);
  } finally {
    await rm(whole, { force: true });
  }
}

/** Removes a stale lock, unless another process has just replaced it by its own. */
async function takeAway(file: string, stale: Holder | undefined): Promise<void> {
  const aside = `${file}.${process.pid}-${created++}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  const taken = await readHolder(aside);
  if (JSON.stringify(taken) === JSON.stringify(stale)) await rm(aside, { force: true });
  else await rename(aside, file);
}
