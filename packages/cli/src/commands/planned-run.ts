import { GanymedeError, type Module, type Run, validateOptions } from '@ganymede/core';
import { parseDataSpec } from '@ganymede/data';
import type { GanymedeConfig } from '../config/config-schema.js';
import { mergeOptions } from '../config/merge-options.js';
import { pluginNote } from '../plugins/find-plugin.js';
import type { Output } from '../terminal/output.js';
import { openSession, type Session } from './session.js';
import type { TrainPlan } from './train.js';

/** What a plan names, found and checked. */
export interface PreparedPlan {
  readonly session: Session;
  /** Whole id of the algorithm. */
  readonly id: string;
  readonly spec: { readonly id: string; readonly options?: Readonly<Record<string, unknown>> | undefined };
}

/** Finds what a plan names and checks the algorithm's options; reads no data. */
export async function preparePlan({ config }: TrainPlan): Promise<PreparedPlan> {
  const session = await openSession(config.plugins);
  const id = algorithmOf(session, config);
  const spec =
    typeof config.data === 'object'
      ? config.data
      : parseDataSpec(config.data ?? 'glyphs', session.ids('dataset'));
  validateOptions(id, moduleOf(session, id).options, config.options ?? {});
  return { session, id, spec };
}

/** Makes the run of a plan, in the folder `out` if one is given; it is the caller's to dispose. */
export async function startPlan(
  { config, dataOptions }: TrainPlan,
  { session, id, spec }: PreparedPlan,
  output: Output,
  { out, signal }: { readonly out?: string; readonly signal?: AbortSignal },
): Promise<Run> {
  const data = await session.make('dataset', spec.id, mergeOptions(spec.options, dataOptions));
  output.done('data', data.summary, { length: data.length });
  return session.start(id, {
    data,
    options: config.options ?? {},
    ...(out === undefined
      ? {}
      : { out, plugins: (config.plugins ?? []).map((name) => pluginNote(name, out)) }),
    ...(signal === undefined ? {} : { signal }),
    seed: config.seed ?? 1,
    ...(config.steps === undefined ? {} : { steps: config.steps }),
    ...(config.batch === undefined ? {} : { batch: config.batch }),
    ...(config.checkpointEvery === undefined ? {} : { checkpointEvery: config.checkpointEvery }),
    ...(config.shuffle === undefined ? {} : { shuffle: config.shuffle }),
    ...(config.debug === undefined ? {} : { debug: config.debug }),
    backend: {
      id: config.backend ?? 'ort',
      options: {
        ...config.backendOptions,
        ...(config.device === undefined ? {} : { device: config.device }),
      },
    },
  });
}

const moduleOf = (session: Session, id: string): Module =>
  session.modules.find((module) => module.id === id) as Module;

function algorithmOf(session: Session, { algorithm }: GanymedeConfig): string {
  if (algorithm !== undefined) return session.resolve('algorithm', algorithm);
  const known = session.ids('algorithm').map((id) => id.split('/').at(-1));
  throw new GanymedeError('GANYMEDE_USAGE', {
    message: 'which algorithm? None was named, and no configuration file names one',
    hint: `ganymede train <algorithm>; known: ${known.join(', ')}`,
  });
}
