import { join } from 'node:path';
import { GanymedeError, type Module, refuseExistingRun, type Run, validateOptions } from '@ganymede/core';
import { parseDataSpec } from '@ganymede/data';
import { parseAssignments } from '../config/assignments.js';
import { type GanymedeConfig, parseConfig } from '../config/config-schema.js';
import { loadConfig } from '../config/load-config.js';
import { mergeOptions } from '../config/merge-options.js';
import { pluginNote } from '../plugins/find-plugin.js';
import type { Output } from '../terminal/output.js';
import { drive, finalWord } from './drive.js';
import { interruptible } from './interrupt.js';
import { openSession, type Session } from './session.js';

/** Flags of `train`, as commander hands them over. */
export interface TrainFlags
  extends Omit<GanymedeConfig, 'options' | 'plugins' | 'backendOptions' | 'algorithm'> {
  readonly set?: readonly string[];
  readonly config?: string;
  readonly plugin?: readonly string[];
}

/** What a training is made of, with the options of its data that `--set` gave. */
export interface TrainPlan {
  readonly config: GanymedeConfig;
  readonly dataOptions: Readonly<Record<string, unknown>>;
}

/** The configuration file, overridden by flags. */
export async function planTraining(algorithm: string | undefined, flags: TrainFlags): Promise<TrainPlan> {
  const { set = [], config: file, plugin = [], ...given } = flags;
  const base = await loadConfig(file);
  const assigned = parseAssignments(set);
  // Options of another algorithm or dataset than the one they were written for would only be refused.
  const sameAlgorithm =
    algorithm === undefined || algorithm === base.algorithm || base.algorithm === undefined;
  const config = parseConfig(
    {
      ...base,
      ...given,
      ...(algorithm === undefined ? {} : { algorithm }),
      options: mergeOptions(sameAlgorithm ? base.options : {}, assigned.algorithm),
      backendOptions: mergeOptions(base.backendOptions, assigned.backend),
      plugins: [...(base.plugins ?? []), ...plugin],
    },
    'the command line',
  );
  return { config, dataOptions: assigned.data };
}

/** `ganymede train <algorithm>`: made into a run and driven to its end. */
export async function train(algorithm: string | undefined, flags: TrainFlags, output: Output): Promise<void> {
  const run = await trainPlan(await planTraining(algorithm, flags), output);
  await run.dispose();
  finalWord(run, output);
}

/** Trains as planned; the run is the caller's to dispose. */
export async function trainPlan({ config, dataOptions }: TrainPlan, output: Output): Promise<Run> {
  const session = await openSession(config.plugins);
  const id = algorithmOf(session, config);
  const spec =
    typeof config.data === 'object'
      ? config.data
      : parseDataSpec(config.data ?? 'glyphs', session.ids('dataset'));
  const folder = config.out ?? join('runs', `${id.split('/').at(-1)}-${timestamp()}`);
  // Mistakes are answered before the data is read, which may take minutes.
  await refuseExistingRun(folder);
  validateOptions(id, moduleOf(session, id).options, config.options ?? {});
  return interruptible(output, async (signal) => {
    const data = await session.make('dataset', spec.id, mergeOptions(spec.options, dataOptions));
    output.done('data', data.summary, { length: data.length });
    const run = await session.start(id, {
      data,
      options: config.options ?? {},
      out: folder,
      signal,
      plugins: (config.plugins ?? []).map((name) => pluginNote(name, folder)),
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
    try {
      output.done('run', folder, { folder });
      await drive(run, output, config.sampleEvery);
      return run;
    } catch (error) {
      await run.dispose();
      throw error;
    }
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

/** `20261121-142233`, for run folders nobody named. */
function timestamp(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}
