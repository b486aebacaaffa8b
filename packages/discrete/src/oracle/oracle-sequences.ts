import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { createRng, type Dataset, defineDataset } from '@ganymede/core';
import { readOracle } from '@ganymede/metrics';
import { value } from '@ganymede/tensor';
import { z } from 'zod';
import { sampleOracle } from './oracle-sampler.js';

/** The sequences as a dataset: field `tokens`, int32 `[length]`. `tokens` holds one sequence after another. */
export function tokenDataset(
  tokens: Int32Array,
  { length, vocabulary, summary }: { length: number; vocabulary: number; summary: string },
): Dataset {
  return {
    summary,
    length: tokens.length / length,
    fields: { tokens: { dtype: 'int32', shape: [length], classes: vocabulary } },
    async read(indices) {
      const rows = new Int32Array(indices.length * length);
      for (let i = 0; i < indices.length; i++) {
        const from = (indices[i] as number) * length;
        rows.set(tokens.subarray(from, from + length), i * length);
      }
      return { tokens: value('int32', [indices.length, length], rows) };
    },
    hash: async () =>
      createHash('sha256')
        .update(new Uint8Array(tokens.buffer, tokens.byteOffset, tokens.byteLength))
        .digest('hex'),
  };
}

/**
 * Sequences drawn from SeqGAN's oracle (Yu et al. 2017, section 4), whose parameters the user brings: they have no licence of
 * their own. Throws `GANYMEDE_ORACLE_PARAMETERS`.
 */
export const oracleSequences = defineDataset({
  id: '@ganymede/discrete/oracle',
  summary: "Sequences drawn from SeqGAN's oracle, from the published parameters",
  options: z.strictObject({
    /** Folder with the oracle's parameters: target_params.json and the file it names. */
    parameters: z.string(),
    /** Keep the first tokens only: a smaller world of the same kind. Default: all 5000. */
    vocabulary: z.number().int().min(2).optional(),
    /** Number of sequences. */
    count: z.number().int().positive().default(10_000),
    /** Tokens in a sequence. */
    length: z.number().int().min(2).default(20),
    /** Seed of the draw; another one makes a test set. */
    seed: z.number().int().nonnegative().default(0),
  }),
  async create(options): Promise<Dataset> {
    const { vocabulary, count, length, seed } = options;
    const parameters = resolve(options.parameters);
    const oracle = await readOracle(parameters, vocabulary);
    const tokens = sampleOracle(oracle, count, length, createRng(seed, 'oracle'));
    const dataset = tokenDataset(tokens, {
      length,
      vocabulary: oracle.vocabulary,
      summary: `oracle sequences, ${count} of ${length} tokens, vocabulary ${oracle.vocabulary}`,
    });
    // A resumed run may be started from another working directory.
    return { ...dataset, source: { id: '@ganymede/discrete/oracle', options: { ...options, parameters } } };
  },
});
