import { type Backend, type Run, toHost, unflattenTree } from '@ganymede/core';
import { compileOracle, type OracleParameters, sequenceNll } from '@ganymede/metrics';
import { graph, input, type Tensor, type Value } from '@ganymede/tensor';

/** A mean in nats per token, over sequences, with its standard error. */
export interface NllEstimate {
  readonly mean: number;
  readonly standardError: number;
}

/** Judges a sequence generator against the oracle that made its data, while it trains. */
export interface OracleJudge {
  /** NLL_oracle: the oracle's verdict on `count` sequences that the run's generator draws. */
  oracleNll(run: Pick<Run, 'sampleBatches'>, count: number, seed?: number): Promise<NllEstimate>;
  /** NLL_test: the generator's verdict on sequences `[N, T]` of the oracle. */
  testNll(run: Pick<Run, 'state'>, sequences: Value): Promise<NllEstimate>;
  dispose(): Promise<void>;
}

/** Compiles an oracle and a generator of the same sizes as judges of sequences of `length` tokens. */
export async function createOracleJudge(
  oracle: OracleParameters,
  length: number,
  backend: Backend,
): Promise<OracleJudge> {
  const judge = await compileOracle(oracle, length, backend);
  let generator: Awaited<ReturnType<typeof compileGenerator>> | undefined;
  return {
    async oracleNll(run, count, seed = 0) {
      const sequences: number[] = [];
      for await (const batch of run.sampleBatches({ count, seed, batch: 64 })) {
        sequences.push(...meansOf(await judge.score(batch.tokens as Value), length));
      }
      return estimate(sequences);
    },
    async testNll({ state }, sequences) {
      generator ??= await compileGenerator(state, length, backend);
      const variables = await state.snapshot('generator');
      const means: number[] = [];
      const rows = sequences.shape[0] as number;
      for (let row = 0; row < rows; row += 64) {
        const end = Math.min(row + 64, rows);
        const tokens = (sequences as Value<'int32'>).data.subarray(row * length, end * length);
        const batch: Value = { dtype: 'int32', shape: [end - row, length], data: tokens };
        const { nll } = await generator.run({ ...variables, tokens: batch });
        means.push(...meansOf((await toHost(nll as Value)).data as Float32Array, length));
      }
      return estimate(means);
    },
    async dispose() {
      await judge.dispose();
      await generator?.dispose();
    },
  };
}

async function compileGenerator(state: Run['state'], length: number, backend: Backend) {
  const variables = Object.entries(state.types)
    .filter(([path]) => path.startsWith('generator/'))
    .map(([path, { shape, dtype }]): [string, Tensor] => [path, input(path, shape, dtype)]);
  const tree = unflattenTree(Object.fromEntries(variables), 'generator');
  const nll = sequenceNll(tree, input('tokens', ['N', length], 'int32'));
  return backend.compile(graph({ outputs: { nll } }));
}

/** Mean of each sequence; tokens of one sequence are not independent, sequences are. */
const meansOf = (nll: Float32Array, length: number): number[] =>
  Array.from({ length: nll.length / length }, (_, row) => {
    let sum = 0;
    for (let t = 0; t < length; t++) sum += nll[row * length + t] as number;
    return sum / length;
  });

function estimate(values: readonly number[]): NllEstimate {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return { mean, standardError: Math.sqrt(variance / values.length) };
}
