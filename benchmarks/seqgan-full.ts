import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ort } from '@ganymede/backend-ort';
import { createGanymede, createRng } from '@ganymede/core';
import { createOracleJudge, discrete, drawOracleSequences, oracleSequences } from '@ganymede/discrete';
import { readOracle } from '@ganymede/metrics';
import { type Point, watchSeqgan } from './watch-seqgan.js';

export const summary =
  'SeqGAN on the published oracle: the NLL_oracle curve of Yu et al. 2017 (--help for shorter runs)';

const help = `npm run bench -- seqgan-full [options]

The published schedule by default: 120 epochs, 50 discriminator rounds, 200 adversarial batches of 5 rounds.
  --parameters <folder>     oracle parameters             [default: ../shared/data/seqgan, or GANYMEDE_SHARED]
  --vocabulary <n>          keep the first tokens only    [default: all 5000]
  --epochs <n>              maximum likelihood epochs     [default: 120]
  --pretrain-rounds <n>     discriminator rounds first    [default: 50]
  --batches <n>             adversarial batches           [default: 200]
  --rounds <n>              rounds after each batch       [default: 5]
  --discriminator-epochs <n>  epochs in a round           [default: 3]
  --samples <n>             sequences in a round          [default: 10000]
  --set <json>              further options of the algorithm, merged, such as '{"rollouts":8}'
  --sequences <n>           oracle sequences to learn     [default: 10000]
  --count <n>               sequences for each evaluation [default: 10000]
  --every <n>               epochs and batches between evaluations [default: 5]
  --seed <n>                                              [default: 0]
  --run <folder>            keep the run there; goes on where it stopped
  --out <file>              write curve and timings as JSON`;

const number = (text: string | undefined, fallback: number): number =>
  text === undefined ? fallback : Number(text);

export async function run(args: readonly string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      parameters: text,
      vocabulary: text,
      epochs: text,
      'pretrain-rounds': text,
      batches: text,
      rounds: text,
      'discriminator-epochs': text,
      samples: text,
      set: text,
      sequences: text,
      count: text,
      every: text,
      seed: text,
      run: text,
      out: text,
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const shared = process.env.GANYMEDE_SHARED ?? path.resolve(import.meta.dirname, '../../shared');
  const parameters = values.parameters ?? path.join(shared, 'data/seqgan');
  const oracle = await readOracle(
    parameters,
    values.vocabulary === undefined ? undefined : Number(values.vocabulary),
  );
  const data = await oracleSequences({
    parameters,
    vocabulary: oracle.vocabulary,
    count: number(values.sequences, 10_000),
  });
  const further = JSON.parse(values.set ?? '{}') as { readonly discriminator?: object };
  const options = {
    ...further,
    pretrain: { epochs: number(values.epochs, 120) },
    discriminator: {
      ...further.discriminator,
      pretrainRounds: number(values['pretrain-rounds'], 50),
      rounds: number(values.rounds, 5),
      epochs: number(values['discriminator-epochs'], 3),
      samples: number(values.samples, 10_000),
    },
    adversarialBatches: number(values.batches, 200),
  };
  const ganymede = createGanymede({ plugins: [ort, discrete] });
  const seed = number(values.seed, 0);
  const resumes = values.run !== undefined && fs.existsSync(path.join(values.run, 'config.json'));
  const training = resumes
    ? await ganymede.resume(values.run as string, { data })
    : await ganymede.start('seqgan', {
        data,
        options,
        seed,
        ...(values.run === undefined ? {} : { out: values.run, checkpointEvery: 2000 }),
      });
  const judge = await createOracleJudge(oracle, 20, training.backend);
  const test = await drawOracleSequences(oracle, 2000, 20, createRng(seed + 1, 'test'), training.backend);
  console.log(`${data.summary}; ${training.backend.summary}; ${training.algorithm.iterations} iterations`);
  const machine = `${os.cpus().length} x ${os.cpus()[0]?.model}, node ${process.versions.node}`;
  const result = await watchSeqgan(training, judge, test, {
    every: number(values.every, 5),
    count: number(values.count, 10_000),
    earlier: resumes && values.out !== undefined ? readCurve(values.out) : [],
    // Written after every measurement: a run of hours may be cut short.
    onProgress: (progress) => {
      const report = { options: training.options, seed, machine, ...progress };
      if (values.out !== undefined) fs.writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`);
    },
  });
  for (const [step, { calls, median }] of Object.entries(result.timings)) {
    console.log(`${step.padEnd(14)} ${calls} iterations, median ${median.toFixed(1)} ms`);
  }
  await judge.dispose();
  await training.dispose();
}

/** The measurements of a run that goes on. */
function readCurve(file: string): readonly Point[] {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as { curve: Point[] }).curve : [];
}
