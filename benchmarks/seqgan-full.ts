import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ort } from '@ganymede/backend-ort';
import { createGanymede, createRng, type Run } from '@ganymede/core';
import {
  createOracleJudge,
  discrete,
  drawOracleSequences,
  type OracleJudge,
  oracleSequences,
} from '@ganymede/discrete';
import { readOracle } from '@ganymede/metrics';
import type { Value } from '@ganymede/tensor';

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

interface Point {
  /** As in the authors' log: epoch and batch are counted from 0 and measured after their generator step. */
  readonly phase: 'likelihood' | 'adversarial';
  readonly index: number;
  readonly nllOracle: number;
  readonly standardError: number;
  readonly nllTest: number;
  readonly reward?: number;
  readonly seconds: number;
}

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
  const result = await watch(training, judge, test, number(values.every, 5), number(values.count, 10_000));
  await judge.dispose();
  await training.dispose();
  const report = { options, seed, machine: `${os.cpus().length} x ${os.cpus()[0]?.model}`, ...result };
  for (const [step, { calls, median }] of Object.entries(result.timings)) {
    console.log(`${step.padEnd(14)} ${calls} iterations, median ${median.toFixed(1)} ms`);
  }
  if (values.out !== undefined) fs.writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`);
}

/** Trains to the end, measuring on the way. */
async function watch(training: Run, judge: OracleJudge, test: Value, every: number, count: number) {
  const batchesPerEpoch = Math.floor(training.dataset.length / training.batchSize);
  const times: Record<string, number[]> = {};
  const curve: Point[] = [];
  const began = performance.now();
  // A resumed run has done its first iterations already.
  const done = { ...training.algorithm.start, likelihood: 0, policy: 0 };
  const schedule = iterationKinds(training);
  for (let i = 0; i < training.iteration; i++) {
    const kind = schedule(i);
    if (kind === 'likelihood' || kind === 'policy') done[kind] += 1;
  }
  const measure = async (phase: Point['phase'], index: number, reward?: number) => {
    const { mean, standardError } = await judge.oracleNll(training, count, index);
    const { mean: nllTest } = await judge.testNll(training, test);
    const seconds = (performance.now() - began) / 1000;
    curve.push({
      phase,
      index,
      nllOracle: mean,
      standardError,
      nllTest,
      ...(reward === undefined ? {} : { reward }),
      seconds,
    });
    console.log(
      `${phase} ${String(index).padStart(3)}  NLL_oracle ${mean.toFixed(4)} ± ${standardError.toFixed(4)}  NLL_test ${nllTest.toFixed(4)}` +
        `${reward === undefined ? '' : `  reward ${reward.toFixed(4)}`}  ${seconds.toFixed(0)} s`,
    );
  };
  let accuracy: number[] = [];
  for await (const event of training.advance()) {
    if (event.type !== 'step') continue;
    times[event.step] = [...(times[event.step] ?? []).slice(-999), 1000 * event.seconds];
    if (event.step === 'likelihood') {
      done.likelihood += 1;
      const epoch = done.likelihood / batchesPerEpoch - 1;
      if (Number.isInteger(epoch) && epoch % every === 0) await measure('likelihood', epoch);
    } else if (event.step === 'policy') {
      if (accuracy.length > 0) {
        const mean = accuracy.reduce((a, b) => a + b, 0) / accuracy.length;
        if (done.policy % every === 0)
          console.log(`discriminator accuracy before batch ${done.policy}: ${mean.toFixed(3)}`);
        accuracy = [];
      }
      if (done.policy % every === 0) await measure('adversarial', done.policy, event.metrics.reward);
      done.policy += 1;
    } else {
      accuracy = [...accuracy.slice(-99), event.metrics.accuracy as number];
    }
  }
  if (done.policy > 0 && (done.policy - 1) % every !== 0) await measure('adversarial', done.policy - 1);
  const timings = Object.fromEntries(
    Object.entries(times).map(([step, ms]) => [
      step,
      { calls: ms.length, median: ms.sort((a, b) => a - b)[ms.length >> 1] as number },
    ]),
  );
  return { curve, timings, seconds: (performance.now() - began) / 1000 };
}

/** Which kind of step each iteration is: needed only to count what a resumed run has behind it. */
function iterationKinds({
  dataset,
  batchSize,
  options,
}: Run): (iteration: number) => 'likelihood' | 'policy' | 'discriminator' {
  const { pretrain, discriminator: d } = options as {
    readonly pretrain: { readonly epochs: number };
    readonly discriminator: Record<'samples' | 'epochs' | 'pretrainRounds' | 'rounds', number>;
  };
  const likelihood = pretrain.epochs * Math.floor(dataset.length / batchSize);
  const round = d.epochs * Math.floor((2 * Math.min(d.samples, dataset.length)) / batchSize);
  const adversarial = likelihood + d.pretrainRounds * round;
  return (iteration) => {
    if (iteration < likelihood) return 'likelihood';
    return iteration >= adversarial && (iteration - adversarial) % (1 + d.rounds * round) === 0
      ? 'policy'
      : 'discriminator';
  };
}
