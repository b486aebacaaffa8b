import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import {
  type Backend,
  defineMetric,
  type Executable,
  toHost,
  type Tree,
  unflattenTree,
} from '@ganymede/core';
import { type LstmState, lstmStep, tensorAt, treeAt } from '@ganymede/nn';
import {
  concat,
  gather,
  gatherElements,
  gemm,
  GanymedeError,
  graph,
  input,
  logSoftmax,
  type Tensor,
  type Value,
  value,
} from '@ganymede/tensor';
import { z } from 'zod';

/** The parameters of an oracle: a fixed LSTM language model that makes and judges sequences (Yu et al. 2017, section 4). */
export interface OracleParameters {
  readonly vocabulary: number;
  /**
   * By path: `embedding/table` `[V, E]`, `lstm/kernel` `[E, 4H]`, `lstm/recurrent` `[H, 4H]`, `lstm/bias` `[4H]` (gates input,
   * forget, output, candidate), `output/kernel` `[V, H]`, `output/bias` `[V]`.
   */
  readonly variables: Readonly<Record<string, Value<'float32'>>>;
}

interface StoredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly bytes: number;
}

const refuse = (folder: string, what: string, cause?: unknown): never => {
  throw new GanymedeError('GANYMEDE_ORACLE_PARAMETERS', {
    message: `the oracle's parameters in "${folder}" cannot be used: ${what}`,
    hint: 'expected target_params.json (names, shapes, byte offsets) and the float32 file it names, little-endian, with emb, Wi, Ui, bi, Wf, Uf, bf, Wog, Uog, bog, Wc, Uc, bc, Wo, bo',
    ...(cause === undefined ? {} : { cause }),
  });
};

/**
 * Reads SeqGAN's published oracle from a folder. `vocabulary` keeps the first tokens only: a smaller world of the same kind.
 * Throws `GANYMEDE_ORACLE_PARAMETERS`.
 */
export async function readOracle(folder: string, vocabulary?: number): Promise<OracleParameters> {
  const bytes = async (file: string) =>
    fs
      .readFile(path.join(folder, file))
      .catch((cause: unknown) => refuse(folder, `${file} cannot be read`, cause));
  let index: { readonly file: string; readonly tensors: readonly StoredTensor[] };
  try {
    index = JSON.parse((await bytes('target_params.json')).toString('utf8')) as typeof index;
  } catch (cause) {
    if (GanymedeError.is(cause)) throw cause;
    return refuse(folder, 'target_params.json is not JSON', cause);
  }
  const raw = await bytes(index.file);
  const stored = (name: string): { shape: readonly number[]; data: Float32Array } => {
    const found =
      index.tensors.find((tensor) => tensor.name === name) ?? refuse(folder, `"${name}" is missing`);
    if (found.offset + found.bytes > raw.length) refuse(folder, `${index.file} ends before "${name}" does`);
    // A copy: the file's buffer need not be aligned to four bytes.
    const data = new Float32Array(
      Uint8Array.from(raw.subarray(found.offset, found.offset + found.bytes)).buffer,
    );
    if (found.shape.reduce((product, d) => product * d, 1) !== data.length) {
      refuse(
        folder,
        `"${name}" has ${data.length} numbers, which do not fit its shape [${found.shape.join(', ')}]`,
      );
    }
    return { shape: found.shape, data };
  };

  const table = stored('emb');
  const [all, size] = table.shape as readonly [number, number];
  const kept = vocabulary ?? all;
  if (kept < 2 || kept > all) refuse(folder, `${kept} tokens were asked for, it has ${all}`);
  const output = stored('Wo');
  const hidden = output.shape[0] as number;
  const kernel = Float32Array.from(
    { length: kept * hidden },
    (_, i) => output.data[(i % hidden) * all + Math.floor(i / hidden)] as number,
  );
  const gates = (prefix: string) =>
    sideBySide(
      ['i', 'f', 'og', 'c'].map((gate) => stored(`${prefix}${gate}`).data),
      hidden,
    );
  return {
    vocabulary: kept,
    variables: {
      'embedding/table': value('float32', [kept, size], table.data.slice(0, kept * size)),
      'lstm/kernel': value('float32', [size, 4 * hidden], gates('W')),
      'lstm/recurrent': value('float32', [hidden, 4 * hidden], gates('U')),
      'lstm/bias': value('float32', [4 * hidden], gates('b')),
      'output/kernel': value('float32', [kept, hidden], kernel),
      'output/bias': value('float32', [kept], stored('bo').data.slice(0, kept)),
    },
  };
}

/** Matrices of `width` columns as one. */
function sideBySide(blocks: readonly Float32Array[], width: number): Float32Array {
  const rows = (blocks[0] as Float32Array).length / width;
  const joined = new Float32Array(rows * width * blocks.length);
  blocks.forEach((block, k) => {
    for (let row = 0; row < rows; row++) {
      joined.set(block.subarray(row * width, (row + 1) * width), (row * blocks.length + k) * width);
    }
  });
  return joined;
}

/**
 * -log p of every token of `tokens`, integer `[N, T]`, under an LSTM language model: `[N, T]`, nats. The start token is token 0,
 * the first state zero. `N` may be a named dimension.
 */
export function sequenceNll(variables: Tree<Tensor>, tokens: Tensor): Tensor {
  const [rows, length] = tokens.shape as readonly [number | string, number];
  const table = tensorAt(treeAt(variables, 'embedding'), 'table');
  const output = treeAt(variables, 'output');
  const kernel = tensorAt(output, 'kernel');
  const bias = tensorAt(output, 'bias');
  const lstm = treeAt(variables, 'lstm');
  const first = lstmStep(lstm, table.slice(0, 0, 1));
  const spread = (x: Tensor) => x.expand([rows, x.shape[1] as number]);
  let state: LstmState = { h: spread(first.h), c: spread(first.c) };
  const columns: Tensor[] = [];
  for (let t = 0; t < length; t++) {
    const token = tokens.slice(1, t, t + 1);
    const logits = gemm(state.h, kernel, { transB: true, bias });
    columns.push(gatherElements(logSoftmax(logits, 1), token, 1));
    if (t + 1 < length) state = lstmStep(lstm, gather(table, token.reshape([-1]), 0), state);
  }
  return concat(columns, 1).neg();
}

/** Compiles {@link sequenceNll} of an oracle for sequences of `length` tokens; any number of rows at a time. */
export async function compileOracle(
  oracle: OracleParameters,
  length: number,
  backend: Backend,
): Promise<{ score(tokens: Value): Promise<Float32Array>; dispose(): Promise<void> }> {
  const symbols = Object.entries(oracle.variables).map(
    ([name, v]) => [name, input(name, v.shape, v.dtype)] as const,
  );
  const tokens = input('tokens', ['N', length], 'int32');
  const nll = sequenceNll(unflattenTree(Object.fromEntries(symbols)), tokens);
  const executable: Executable = await backend.compile(graph({ outputs: { nll } }), {
    constants: oracle.variables,
  });
  return {
    async score(batch) {
      return (await toHost((await executable.run({ tokens: batch })).nll as Value)).data as Float32Array;
    },
    dispose: () => executable.dispose(),
  };
}

/** Options of the dataset that a run learned, where it was drawn from an oracle. */
const oracleSource = z.object({ parameters: z.string(), vocabulary: z.number().optional() });

function chooseOracle(folder: string | undefined, vocabulary: number | undefined, source: unknown) {
  if (folder !== undefined) return readOracle(folder, vocabulary);
  const found = oracleSource.safeParse(source);
  if (found.success) return readOracle(found.data.parameters, vocabulary ?? found.data.vocabulary);
  throw new GanymedeError('GANYMEDE_ORACLE_PARAMETERS', {
    message: 'the data were not drawn from an oracle, and no folder with the parameters of one was given',
    hint: 'give `--set nll-oracle.parameters=<folder>`, or train on sequences of the oracle',
  });
}

function hashOf({ variables }: OracleParameters): string {
  const hash = createHash('sha256');
  for (const { data } of Object.values(variables))
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return hash.digest('hex');
}

/** Mean over each sequence: tokens of one sequence are not independent, sequences are. */
const sequenceMeans = (nll: Float32Array, length: number): number[] =>
  Array.from(
    { length: nll.length / length },
    (_, row) => nll.subarray(row * length, (row + 1) * length).reduce((a, b) => a + b, 0) / length,
  );

/**
 * NLL_oracle (Yu et al. 2017, eq. 12): mean negative log-likelihood per token, in nats, of generated sequences under the oracle
 * that made the training data. Lower is better; the oracle's own samples score its entropy (5.77 for the published one).
 * Throws `GANYMEDE_ORACLE_PARAMETERS`.
 */
export const nllOracle = defineMetric({
  id: '@ganymede/metrics/nll-oracle',
  summary: 'NLL_oracle: how likely generated sequences are under the oracle that made the data',
  options: z.strictObject({
    /** Folder with the oracle's parameters. Default: those of the training data, where they were drawn from an oracle. */
    parameters: z.string().optional(),
    /** Keep the first tokens only: the vocabulary of the training data. Default: as in the data, or all. */
    vocabulary: z.number().int().min(2).optional(),
    /** Sequences to draw. */
    count: z.number().int().positive().default(10_000),
  }),
  create: ({ parameters, vocabulary, count }) => ({
    name: 'nll_oracle',
    async measure({ samples, dataset, backend, seed }) {
      const oracle = await chooseOracle(parameters, vocabulary, dataset.source?.options);
      let compiled: Awaited<ReturnType<typeof compileOracle>> | undefined;
      const means: number[] = [];
      for await (const batch of samples(count, seed)) {
        const length = batch.shape[1] as number;
        compiled ??= await compileOracle(oracle, length, backend);
        means.push(...sequenceMeans(await compiled.score(batch), length));
      }
      await compiled?.dispose();
      const mean = means.reduce((a, b) => a + b, 0) / means.length;
      const variance = means.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, means.length - 1);
      const provenance = {
        generatedSamples: means.length,
        seed,
        standardError: Math.sqrt(variance / means.length),
        vocabulary: oracle.vocabulary,
        oracle: hashOf(oracle),
        dataHash: await dataset.hash(),
        backend: backend.summary,
      };
      return [{ name: 'nll_oracle', value: mean, provenance }];
    },
  }),
});
