import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { expectSameRuns, killableDcgan, killableSeqgan, trainKilled, trainWhole } from './kill-resume.js';
import { inTemporaryFolder } from './temporary-folder.js';

inTemporaryFolder();

it.each([killableDcgan(30), killableSeqgan(4)])(
  '$name, killed half-way and resumed, ends as if it had not been',
  async (run) => {
    for (const [name, text] of Object.entries(run.files ?? {})) await writeFile(name, text);
    const whole = trainWhole(run, `${run.name}-whole`);
    const reached = await trainKilled(run, `${run.name}-killed`, { share: 0.5, delay: 0 });
    await whole;
    expect(reached).toBeGreaterThanOrEqual(run.iterations / 2);
    await expectSameRuns(`${run.name}-whole`, `${run.name}-killed`, run);
  },
);
