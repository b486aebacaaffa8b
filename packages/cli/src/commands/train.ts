import { join } from 'node:path';
import type { Run } from '@ganymede/core';
import { parseDataSpec } from '@ganymede/data';
import { parseAssignments } from '../config/assignments.js';
import type { GanymedeConfig } from '../config/config-schema.js';
import { loadConfig } from '../config/load-config.js';
import { parseConfig } from '../config/config-schema.js';
import type { Output } from '../terminal/output.js';
import { drive } from './drive.js';
import { interruptible } from './interrupt.js';
import { openSession } from './session.js';

/** Flags of `train`, as commander hands them over. */
export interface TrainFlags
  extends Omit<GanymedeConfig, 'options' | 'plugins' | 'backendOptions' | 'algorithm'> {
  readonly set?: readonly string[];
  readonly config?: string;
  readonly plugin?: readonly string[];
}

/** `ganymede train <algorithm>`: the configuration file, overridden by flags, made into a run and driven to its end. */
export async function train(algorithm: string | undefined, flags: TrainFlags, output: Output): Promise<Run> {
  const { set = [], config: file, plugin = [], ...given } = flags;
  const base = await loadConfig(file);
  const assigned = parseAssignments(set);
  const config = parseConfig(
    {
      ...base,
      ...given,
      ...(algorithm === undefined ? {} : { algorithm }),
      options: { ...base.options, ...assigned.algorithm },
      backendOptions: { ...base.backendOptions, ...assigned.backend },
      plugins: [...(base.plugins ?? []), ...plugin],
    },
    'the command line',
  );
  return trainConfig(config, assigned.data, output);
}

/** Trains as a complete configuration says. */
export async function trainConfig(
  config: GanymedeConfig,
  dataOptions: Readonly<Record<string, unknown>>,
  output: Output,
): Promise<Run> {
  const session = await openSession(config.plugins);
  const id = session.resolve('algorithm', config.algorithm ?? '');
  const spec =
    typeof config.data === 'object'
      ? config.data
      : parseDataSpec(config.data ?? 'glyphs', session.ids('dataset'));
  const options = config.options ?? {};
  return interruptible(
    () => output.note('\nstopping after this step; press Ctrl-C again to stop at once'),
    async (signal) => {
      const data = await session.make('dataset', spec.id, { ...(spec.options as object), ...dataOptions });
      output.done('data', data.summary, { length: data.length });
      const folder = config.out ?? join('runs', `${id.split('/').at(-1)}-${timestamp()}`);
      const run = await session.start(id, {
        data,
        options,
        out: folder,
        signal,
        plugins: config.plugins ?? [],
        ...(config.steps === undefined ? {} : { steps: config.steps }),
        ...(config.batch === undefined ? {} : { batch: config.batch }),
        ...(config.seed === undefined ? {} : { seed: config.seed }),
        ...(config.checkpointEvery === undefined ? {} : { checkpointEvery: config.checkpointEvery }),
        backend: {
          id: config.backend ?? 'ort',
          options: {
            ...config.backendOptions,
            ...(config.device === undefined ? {} : { device: config.device }),
          },
        },
      });
      await drive(run, output, config.sampleEvery);
      return run;
    },
  );
}

/** `20261121-142233`, for run folders nobody named. */
function timestamp(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}
