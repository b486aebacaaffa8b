import { type DebugMode, readRunConfig } from '@ganymede/core';
import type { Output } from '../terminal/output.js';
import { backendChoice } from './backend-choice.js';
import { dataAt } from './data-at.js';
import { drive, finalWord } from './drive.js';
import { interruptible } from './interrupt.js';
import { type OpenFlags, sessionOf } from './open-run.js';

/** Flags of `resume`. */
export interface ResumeFlags extends OpenFlags {
  readonly steps?: number;
  readonly data?: string;
  readonly sampleEvery?: number;
  readonly debug?: DebugMode;
}

/** `ganymede resume <run>`: goes on exactly where the run's checkpoint stands. */
export async function resume(folder: string, flags: ResumeFlags, output: Output): Promise<void> {
  const session = await sessionOf(folder, flags.plugin);
  const recorded = (await readRunConfig(folder)).dataset;
  const run = await interruptible(output, async (signal) => {
    const data = flags.data === undefined ? undefined : await dataAt(session, flags.data, recorded);
    if (data !== undefined && (await data.hash()) !== recorded.hash) {
      output.warn(`the data (${data.summary}) is not what the run was started with (${recorded.summary})`);
    }
    const resumed = await session.resume(folder, {
      signal,
      ...backendChoice(flags),
      ...(data === undefined ? {} : { data }),
      ...(flags.checkpoint === undefined ? {} : { checkpoint: flags.checkpoint }),
      ...(flags.steps === undefined ? {} : { steps: flags.steps }),
      ...(flags.debug === undefined ? {} : { debug: flags.debug }),
    });
    try {
      const { iteration, steps } = resumed;
      output.done('resumed', `${folder} at iteration ${iteration}`, { folder, iteration });
      if (steps !== undefined && iteration >= steps) {
        output.note(`  it has done its ${steps} iterations; train it longer with --steps <count>`);
      }
      await drive(resumed, output, flags.sampleEvery);
      return resumed;
    } finally {
      await resumed.dispose();
    }
  });
  finalWord(run, output);
}
