import type { Output } from '../terminal/output.js';
import { backendChoice } from './backend-choice.js';
import { drive } from './drive.js';
import { interruptible } from './interrupt.js';
import { type OpenFlags, sessionOf } from './open-run.js';

/** Flags of `resume`. */
export interface ResumeFlags extends OpenFlags {
  readonly steps?: number;
  readonly sampleEvery?: number;
}

/** `ganymede resume <run>`: goes on exactly where the run's checkpoint stands. */
export async function resume(folder: string, flags: ResumeFlags, output: Output): Promise<void> {
  const session = await sessionOf(folder, flags.plugin);
  await interruptible(
    () => output.note('\nstopping after this step; press Ctrl-C again to stop at once'),
    async (signal) => {
      const run = await session.resume(folder, {
        signal,
        ...backendChoice(flags),
        ...(flags.checkpoint === undefined ? {} : { checkpoint: flags.checkpoint }),
        ...(flags.steps === undefined ? {} : { steps: flags.steps }),
      });
      try {
        output.done('resumed', `${folder} at iteration ${run.iteration}`, {
          folder,
          iteration: run.iteration,
        });
        await drive(run, output, flags.sampleEvery);
      } finally {
        await run.dispose();
      }
    },
  );
}
