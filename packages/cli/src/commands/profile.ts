import { stat } from 'node:fs/promises';
import process from 'node:process';
import { GanymedeError, type Run, writeFileDurably } from '@ganymede/core';
import { chromeTrace } from '../profile/chrome-trace.js';
import { profileTable } from '../profile/profile-table.js';
import type { Output } from '../terminal/output.js';
import { withRun } from './open-run.js';
import { preparePlan, startPlan } from './planned-run.js';
import { planTraining, type TrainFlags } from './train.js';

/** Flags of `profile`. `steps` counts calls of each step. */
export interface ProfileFlags extends Omit<TrainFlags, 'out' | 'checkpointEvery' | 'sampleEvery' | 'debug'> {
  readonly steps: number;
  readonly top: number;
  readonly trace?: string;
  readonly checkpoint?: string;
}

/** `ganymede profile <run, configuration or algorithm>`: where the time and the memory of its steps go. */
export async function profile(what: string | undefined, flags: ProfileFlags, output: Output): Promise<void> {
  const { steps: calls, top, trace, ...rest } = flags;
  await withProfiled(what, rest, output, async (run) => {
    if (run.backend.device !== 'cpu') {
      output.note('  times of kernels are those of handing them to the device, which computes meanwhile');
    }
    const found = await run.profile({ calls });
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    if (trace !== undefined) {
      await writeFileDurably(trace, JSON.stringify(chromeTrace(found)));
      output.done('trace', `${trace} (open it in chrome://tracing or ui.perfetto.dev)`, { file: trace });
    }
    const steps = found.steps.map(({ kernels: _, ...step }) => step);
    output.result(profileTable(found, peakBytes, top), { ...found, steps, peakBytes });
  });
}

type Rest = Omit<ProfileFlags, 'steps' | 'top' | 'trace'>;

/** Opens the run that is meant, or makes one that is kept nowhere, and closes it. */
async function withProfiled(
  what: string | undefined,
  { checkpoint, ...flags }: Rest,
  output: Output,
  use: (run: Run) => Promise<void>,
): Promise<void> {
  const kind = await kindOf(what);
  if (kind === 'run')
    return withRun(what ?? '', { ...openFlags(flags), ...(checkpoint && { checkpoint }) }, use);
  const plan = await planTraining(
    kind === 'algorithm' ? what : undefined,
    kind === 'config' && what !== undefined ? { ...flags, config: what } : flags,
  );
  // A run without a folder leaves nothing behind; that it could train for one iteration is all that is asked.
  const run = await startPlan(
    { ...plan, config: { ...plan.config, steps: 1 } },
    await preparePlan(plan),
    output,
    {},
  );
  try {
    await use(run);
  } finally {
    await run.dispose();
  }
}

/** What a run folder may be opened with; its options, batch and seed are its own. */
function openFlags({ backend, device, data, plugin, ...others }: Omit<Rest, 'checkpoint'>) {
  const [unused] = Object.keys(others);
  if (unused !== undefined) {
    throw new GanymedeError('GANYMEDE_USAGE', {
      message: `--${unused} cannot be given with a run folder: the run has its own`,
      hint: 'name an algorithm or a configuration file instead of the run, or leave the option out',
    });
  }
  return {
    ...(backend === undefined ? {} : { backend }),
    ...(device === undefined ? {} : { device }),
    ...(typeof data === 'string' ? { data } : {}),
    ...(plugin === undefined ? {} : { plugin }),
  };
}

/** A configuration is a script, an algorithm has a plain or scoped name, everything else is a folder. */
async function kindOf(what: string | undefined): Promise<'run' | 'config' | 'algorithm'> {
  if (what === undefined) return 'config';
  if (
    await stat(what).then(
      (found) => found.isDirectory(),
      () => false,
    )
  )
    return 'run';
  if (/\.[cm]?[jt]s$/.test(what)) return 'config';
  return what.startsWith('@') || !/[\\/]/.test(what) ? 'algorithm' : 'run';
}
