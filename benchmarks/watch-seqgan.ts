import type { Run } from '@ganymede/core';
import type { OracleJudge } from '@ganymede/discrete';
import type { Value } from '@ganymede/tensor';

/** A measurement on the way. */
export interface Point {
  /** As in the authors' log: epochs and batches count from 0, and are measured after their generator steps. */
  readonly phase: 'likelihood' | 'adversarial';
  readonly index: number;
  readonly nllOracle: number;
  readonly standardError: number;
  readonly nllTest: number;
  /** Mean value of the tokens of the policy step. */
  readonly reward?: number;
  /** Mean accuracy of the last discriminator steps before it. */
  readonly accuracy?: number;
  readonly seconds: number;
}

export interface Progress {
  readonly curve: readonly Point[];
  /** Milliseconds of an iteration, by step. */
  readonly timings: Readonly<Record<string, { readonly calls: number; readonly median: number }>>;
  readonly seconds: number;
}

export interface WatchOptions {
  /** Epochs and batches between measurements. */
  readonly every: number;
  /** Sequences in a measurement. */
  readonly count: number;
  /** Measurements made before the run was interrupted. */
  readonly earlier: readonly Point[];
  readonly onProgress: (progress: Progress) => void;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Trains a run of SeqGAN to its end, measuring on the way. */
export async function watchSeqgan(
  run: Run,
  judge: OracleJudge,
  test: Value,
  { every, count, earlier, onProgress }: WatchOptions,
): Promise<Progress> {
  const batchesPerEpoch = Math.floor(run.dataset.length / run.batchSize);
  const done = stepsBehind(run);
  const curve = [...earlier];
  const times: Record<string, number[]> = {};
  let accuracies: number[] = [];
  const before = earlier.at(-1)?.seconds ?? 0;
  const began = performance.now();
  const progress = (): Progress => ({
    curve,
    timings: Object.fromEntries(
      Object.entries(times).map(([step, all]) => {
        const sorted = [...all].sort((a, b) => a - b);
        return [step, { calls: all.length, median: sorted[sorted.length >> 1] as number }];
      }),
    ),
    seconds: before + (performance.now() - began) / 1000,
  });
  const measure = async (
    phase: Point['phase'],
    index: number,
    further: Pick<Point, 'reward' | 'accuracy'> = {},
  ) => {
    const { mean: nllOracle, standardError } = await judge.oracleNll(run, count, index);
    const { mean: nllTest } = await judge.testNll(run, test);
    const { seconds } = progress();
    curve.push({ phase, index, nllOracle, standardError, nllTest, ...further, seconds });
    const rest = Object.entries(further).map(([name, x]) => `${name} ${x.toFixed(3)}  `);
    console.log(
      `${phase.padEnd(11)} ${String(index).padStart(3)}  NLL_oracle ${nllOracle.toFixed(4)} ± ${standardError.toFixed(4)}  ` +
        `NLL_test ${nllTest.toFixed(4)}  ${rest.join('')}${seconds.toFixed(0)} s`,
    );
    onProgress(progress());
  };
  for await (const event of run.advance()) {
    if (event.type !== 'step') continue;
    times[event.step] ??= [];
    times[event.step]?.push(1000 * event.seconds);
    if (event.step === 'likelihood') {
      const epoch = ++done.likelihood / batchesPerEpoch - 1;
      if (Number.isInteger(epoch) && epoch % every === 0) await measure('likelihood', epoch);
    } else if (event.step === 'policy') {
      const further = {
        reward: event.metrics.reward as number,
        ...(accuracies.length > 0 && { accuracy: mean(accuracies) }),
      };
      if (done.policy++ % every === 0) await measure('adversarial', done.policy - 1, further);
      accuracies = [];
    } else {
      accuracies = [...accuracies.slice(-99), event.metrics.accuracy as number];
    }
  }
  if (done.policy > 0 && (done.policy - 1) % every !== 0) await measure('adversarial', done.policy - 1);
  onProgress(progress());
  return progress();
}

/** Likelihood and policy steps that a resumed run has behind it, from its iteration and the schedule's order. */
function stepsBehind({ dataset, batchSize, options, iteration }: Run): {
  likelihood: number;
  policy: number;
} {
  const { pretrain, discriminator: d } = options as {
    readonly pretrain: { readonly epochs: number };
    readonly discriminator: Readonly<Record<'samples' | 'epochs' | 'pretrainRounds' | 'rounds', number>>;
  };
  const likelihood = pretrain.epochs * Math.floor(dataset.length / batchSize);
  const round = d.epochs * Math.floor((2 * Math.min(d.samples, dataset.length)) / batchSize);
  const adversarial = iteration - likelihood - d.pretrainRounds * round;
  return {
    likelihood: Math.min(iteration, likelihood),
    policy: Math.max(0, Math.ceil(adversarial / (1 + d.rounds * round))),
  };
}
