import { isAbsolute } from 'node:path';
import { type Dataset, jsonSchemaOf, type RunConfig } from '@ganymede/core';
import { parseDataSpec } from '@ganymede/data';
import { mergeOptions } from '../config/merge-options.js';
import type { Session } from './session.js';

type Options = Readonly<Record<string, unknown>>;

/**
 * The dataset named on the command line, with the options (size, seed, …) that the run's own had where it is of the same
 * module, and those of `over`. Paths are not taken over: the data was moved.
 */
export async function dataAt(
  session: Session,
  text: string,
  recorded: RunConfig['dataset'],
  over: Options = {},
): Promise<Dataset> {
  const { id, options } = parseDataSpec(text, session.ids('dataset'));
  const before = recorded.source?.id === id ? recorded.source.options : undefined;
  const kept = Object.entries((before ?? {}) as Record<string, unknown>).filter(
    ([, value]) => typeof value !== 'string' || !isAbsolute(value),
  );
  return session.make('dataset', id, mergeOptions(mergeOptions(Object.fromEntries(kept), options), over));
}

/**
 * The datasets named on the command line, with the options of `over` that each takes (`size` where one is a folder); one that none of them
 * takes goes to all, to be refused.
 */
export async function dataFrom(
  session: Session,
  texts: readonly string[],
  over: Options = {},
): Promise<readonly Dataset[]> {
  const named = texts.map((text) => parseDataSpec(text, session.ids('dataset')));
  const taken = named.map(({ id }) => {
    const { options } = session.module(session.resolve('dataset', id) as 'folder');
    return Object.keys(jsonSchemaOf(options)?.properties ?? over);
  });
  const made: Dataset[] = [];
  for (const [i, { id, options }] of named.entries()) {
    const own = Object.entries(over).filter(
      ([key]) => taken[i]?.includes(key) === true || !taken.some((keys) => keys.includes(key)),
    );
    made.push(await session.make('dataset', id, mergeOptions(options, Object.fromEntries(own))));
  }
  return made;
}
