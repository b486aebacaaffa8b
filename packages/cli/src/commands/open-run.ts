import { readRunConfig, type Run } from '@ganymede/core';
import { backendChoice } from './backend-choice.js';
import { openSession, type Session } from './session.js';

/** Flags of the commands that read a run. */
export interface OpenFlags {
  readonly backend?: string;
  readonly device?: string;
  readonly checkpoint?: string;
  readonly plugin?: readonly string[];
}

/** A session with the plugins a run was made with, and any further ones. */
export async function sessionOf(folder: string, plugin: readonly string[] = []): Promise<Session> {
  const { plugins } = await readRunConfig(folder);
  return openSession([...new Set([...plugins, ...plugin])]);
}

/** Opens a run's checkpoint, hands it to `use`, and closes it. */
export async function withRun<T>(
  folder: string,
  flags: OpenFlags,
  use: (run: Run, session: Session) => Promise<T>,
): Promise<T> {
  const session = await sessionOf(folder, flags.plugin);
  const run = await session.open(folder, {
    ...backendChoice(flags),
    ...(flags.checkpoint === undefined ? {} : { checkpoint: flags.checkpoint }),
  });
  try {
    return await use(run, session);
  } finally {
    await run.dispose();
  }
}
