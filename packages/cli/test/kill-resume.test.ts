import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { expectSameRuns, killableDcgan, killableSeqgan, trainKilled, trainWhole } from './kill-resume.js';
import { runMain } from './run-main.js';
import { inTemporaryFolder } from './temporary-folder.js';

inTemporaryFolder();

it.each([killableDcgan(30), killableSeqgan(4)])(
  '$name, killed half-way and resumed, ends as if it had not been',
  async (run) => {
    for (const [name, text] of Object.entries(run.files ?? {})) await writeFile(name, text);
    await trainWhole(run, `${run.name}-whole`, runMain);
    const reached = await trainKilled(run, `${run.name}-killed`, { share: 0.5, delay: 0 }, runMain);
    expect(reached).toBeGreaterThanOrEqual(run.iterations / 2);
    await expectSameRuns(`${run.name}-whole`, `${run.name}-killed`, run);
  },
);
