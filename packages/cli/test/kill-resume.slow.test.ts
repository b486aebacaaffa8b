import { rm, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { createRng } from '@ganymede/core';
import { expect, it } from 'vitest';
import { expectSameRuns, killableDcgan, killableSeqgan, trainKilled, trainWhole } from './kill-resume.js';
import { inTemporaryFolder } from './temporary-folder.js';

inTemporaryFolder();

const tries = 10;
/** Another seed kills at other moments: GANYMEDE_KILL_SEED=7. */
const seed = Number(process.env.GANYMEDE_KILL_SEED ?? 1);

it.each([killableDcgan(80), killableSeqgan(16)])(
  `$name ends the same after a kill at ${tries} random moments (seed ${seed})`,
  async (run) => {
    for (const [name, text] of Object.entries(run.files ?? {})) await writeFile(name, text);
    await trainWhole(run, `${run.name}-whole`);
    const draws = createRng(seed).child(run.name).draw([tries, 2], { kind: 'uniform' }).data as Float32Array;
    const reached: number[] = [];
    for (let i = 0; i < tries; i++) {
      // From before the first step to after the last one; the delay also hits the writing of checkpoints.
      const moment = { share: draws[2 * i] as number, delay: 30 * (draws[2 * i + 1] as number) };
      const out = `${run.name}-${i}`;
      reached.push(await trainKilled(run, out, moment));
      await expectSameRuns(`${run.name}-whole`, out, run);
      await rm(out, { recursive: true });
    }
    console.log(
      `${run.name}: ${tries} of ${tries} the same; killed at iterations ${reached.join(', ')} of ${run.iterations}`,
    );
    expect(new Set(reached).size).toBeGreaterThan(tries / 2);
  },
);
