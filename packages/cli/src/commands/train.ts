import { join } from 'node:path';
import { refuseExistingRun, type Run } from '@ganymede/core';
import { parseAssignments } from '../config/assignments.js';
import { type GanymedeConfig, parseConfig } from '../config/config-schema.js';
import { loadConfig } from '../config/load-config.js';
import { mergeOptions } from '../config/merge-options.js';
import type { Output } from '../terminal/output.js';
import { drive, finalWord } from './drive.js';
import { interruptible } from './interrupt.js';
import { preparePlan, startPlan } from './planned-run.js';
import { type ToyFlags, toyConfig, withToyDefaults } from './toy-plan.js';

/** Flags of `train`, as commander hands them over. */
export interface TrainFlags
  extends Omit<GanymedeConfig, 'options' | 'plugins' | 'backendOptions' | 'algorithm'>,
    ToyFlags {
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
  const { set = [], config: file, plugin = [], world, loss, ...given } = flags;
  const base = await loadConfig(file);
  const assigned = parseAssignments(set);
  const short = toyConfig({ ...(world && { world }), ...(loss && { loss }) }, given.data);
  // Options of another algorithm or dataset than the one they were written for would only be refused.
  const sameAlgorithm =
    algorithm === undefined || algorithm === base.algorithm || base.algorithm === undefined;
  const config = parseConfig(
    {
      ...base,
      ...given,
      ...short,
      ...(algorithm === undefined ? {} : { algorithm }),
      options: mergeOptions(sameAlgorithm ? base.options : {}, { ...short.options, ...assigned.algorithm }),
      backendOptions: mergeOptions(base.backendOptions, assigned.backend),
      plugins: [...(base.plugins ?? []), ...plugin],
    },
    'the command line',
  );
  return { config: withToyDefaults(config), dataOptions: assigned.data };
}

/** `ganymede train <algorithm>`: made into a run and driven to its end. */
export async function train(algorithm: string | undefined, flags: TrainFlags, output: Output): Promise<void> {
  const run = await trainPlan(await planTraining(algorithm, flags), output);
  await run.dispose();
  finalWord(run, output);
}

/** Trains as planned; the run is the caller's to dispose. */
export async function trainPlan(plan: TrainPlan, output: Output): Promise<Run> {
  const prepared = await preparePlan(plan);
  const folder = plan.config.out ?? join('runs', `${prepared.id.split('/').at(-1)}-${timestamp()}`);
  // Mistakes are answered before the data is read, which may take minutes.
  await refuseExistingRun(folder);
  return interruptible(output, async (signal) => {
    const run = await startPlan(plan, prepared, output, { out: folder, signal });
    try {
      output.done('run', folder, { folder });
      await drive(run, output, plan.config.sampleEvery);
      return run;
    } catch (error) {
      await run.dispose();
      throw error;
    }
  });
}

/** `20261121-142233`, for run folders nobody named. */
function timestamp(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}
