import { resolve } from 'node:path';
import { type Dataset, readRunConfig, type Run } from '@ganymede/core';
import { backendChoice } from './backend-choice.js';
import { dataAt } from './data-at.js';
import { openSession, type Session } from './session.js';

/** Flags of the commands that read a run. */
export interface OpenFlags {
  readonly backend?: string;
  readonly device?: string;
  readonly checkpoint?: string;
  readonly data?: string;
  /** Options of that data. */
  readonly dataOptions?: Readonly<Record<string, unknown>>;
  readonly plugin?: readonly string[];
}

/** A session with the plugins a run was made with, and any further ones. */
export async function sessionOf(folder: string, plugin: readonly string[] = []): Promise<Session> {
  const { plugins } = await readRunConfig(folder);
  return openSession([...plugins, ...plugin], [resolve(folder)]);
}

/** Opens a run's checkpoint, hands it to `use`, and closes it. */
export async function withRun<T>(
  folder: string,
  flags: OpenFlags,
  use: (run: Run, session: Session) => Promise<T>,
): Promise<T> {
  const session = await sessionOf(folder, flags.plugin);
  const data: Dataset | undefined =
    flags.data === undefined
      ? undefined
      : await dataAt(session, flags.data, (await readRunConfig(folder)).dataset, flags.dataOptions);
  const run = await session.open(folder, {
    ...backendChoice(flags),
    ...(data === undefined ? {} : { data }),
    ...(flags.checkpoint === undefined ? {} : { checkpoint: flags.checkpoint }),
  });
  try {
    return await use(run, session);
  } finally {
    await run.dispose();
  }
}
