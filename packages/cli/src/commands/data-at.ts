import { isAbsolute } from 'node:path';
import type { Dataset, RunConfig } from '@ganymede/core';
import { parseDataSpec } from '@ganymede/data';
import { mergeOptions } from '../config/merge-options.js';
import type { Session } from './session.js';

/**
 * The dataset named on the command line, with the options (size, seed, …) that the run's own had where it is of the same
 * module. Paths are not taken over: the data was moved.
 */
export async function dataAt(
  session: Session,
  text: string,
  recorded: RunConfig['dataset'],
): Promise<Dataset> {
  const { id, options } = parseDataSpec(text, session.ids('dataset'));
  const before = recorded.source?.id === id ? recorded.source.options : undefined;
  const kept = Object.entries((before ?? {}) as Record<string, unknown>).filter(
    ([, value]) => typeof value !== 'string' || !isAbsolute(value),
  );
  return session.make('dataset', id, mergeOptions(Object.fromEntries(kept), options));
}

/** The dataset named on the command line, with its defaults. */
export async function dataFrom(session: Session, text: string): Promise<Dataset> {
  const { id, options } = parseDataSpec(text, session.ids('dataset'));
  return session.make('dataset', id, options);
}
