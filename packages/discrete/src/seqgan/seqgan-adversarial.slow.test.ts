import fs from 'node:fs';
import path from 'node:path';
import { ort } from '@ganymede/backend-ort';
import { createGanymede } from '@ganymede/core';
import { readOracle } from '@ganymede/metrics';
import { describe, expect, it } from 'vitest';
import { createOracleJudge } from '../oracle/oracle-judge.js';
import { oracleSequences } from '../oracle/oracle-sequences.js';
import { discrete } from '../plugin.js';

const shared = process.env.GANYMEDE_SHARED ?? path.resolve(import.meta.dirname, '../../../../../shared');
const parameters = path.join(shared, 'data/seqgan');
const available = fs.existsSync(path.join(parameters, 'target_params.json'));
const [vocabulary, length, count] = [200, 20, 10_048];
const ganymede = createGanymede({ plugins: [ort, discrete] });

/**
 * Twenty epochs of maximum likelihood, sixty of a small discriminator, forty policy steps. The world is small and the schedule short, so
 * steps are smaller and made of more sequences than the published ones for 5000 tokens: their noise would hide the gain.
 */
const options = {
  pretrain: { epochs: 20 },
  discriminator: {
    widths: [2, 3, 4, 5],
    filters: [32, 32, 32, 32],
    samples: 10_000,
    epochs: 1,
    pretrainRounds: 60,
    rounds: 1,
    rate: 5e-4,
  },
  rollouts: 8,
  adversarialBatches: 40,
  policy: { rate: 0.002, sequences: 256 },
};

interface Outcome {
  readonly start: number;
  readonly end: number;
  /** Of the discriminator's last hundred steps before the first policy step. */
  readonly accuracy: number;
}

/** NLL_oracle before the first and after the last policy step. */
async function play(seed: number, rewards: 'discriminator' | 'shuffled'): Promise<Outcome> {
  const oracle = await readOracle(parameters, vocabulary);
  const run = await ganymede.start('seqgan', {
    data: await oracleSequences({ parameters, vocabulary, count, length }),
    // One thread is faster for networks as small as these.
    backend: { id: '@ganymede/backend-ort/ort', options: { device: 'cpu', threads: 1 } },
    seed,
    options: { ...options, policy: { ...options.policy, rewards } },
  });
  const judge = await createOracleJudge(oracle, length, run.backend);
  const measure = async () => (await judge.oracleNll(run, 10_000)).mean;
  const likelihoodSteps = options.pretrain.epochs * Math.floor(count / 64);
  const first = likelihoodSteps + options.discriminator.pretrainRounds * Math.floor(20_000 / 64);
  let start = 0;
  const accuracies: number[] = [];
  for await (const event of run.advance()) {
    if (event.type !== 'step' || event.iteration > first) continue;
    if (event.iteration > first - 100) accuracies.push(event.metrics.accuracy as number);
    if (event.iteration === first) start = await measure();
  }
  const end = await measure();
  await judge.dispose();
  await run.dispose();
  const outcome = { start, end, accuracy: accuracies.reduce((a, b) => a + b, 0) / accuracies.length };
  console.log(`seed ${seed}, ${rewards}:`, JSON.stringify(outcome));
  return outcome;
}

function statistics(values: readonly number[]): { mean: number; standardError: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1);
  return { mean, standardError: Math.sqrt(variance / values.length) };
}

describe('SeqGAN in the world of 200 tokens', () => {
  for (const rewards of ['discriminator', 'shuffled'] as const) {
    const outcomes: Outcome[] = [];
    for (const seed of [1, 2, 3, 4, 5]) {
      it(`trains with ${rewards} rewards, seed ${seed}`, async (ctx) => {
        if (!available) ctx.skip(`the oracle's parameters are not in ${parameters}`);
        const outcome = await play(seed, rewards);
        outcomes.push(outcome);
        expect(outcome.accuracy).toBeGreaterThan(0.7);
      });
    }

    const gain = (): { mean: number; standardError: number } => {
      const found = statistics(outcomes.map(({ start, end }) => start - end));
      console.log(`${rewards}: gain ${found.mean.toFixed(4)} ± ${found.standardError.toFixed(4)}`);
      return found;
    };
    if (rewards === 'shuffled') {
      it('does not learn from shuffled rewards', (ctx) => {
        if (outcomes.length === 0) ctx.skip('nothing was trained');
        const { mean, standardError } = gain();
        expect(mean).toBeLessThan(Math.max(0.03, 3 * standardError));
      });
    } else {
      it('lowers NLL_oracle by more than 0.1 and 3 standard errors', (ctx) => {
        if (outcomes.length === 0) ctx.skip('nothing was trained');
        const { mean, standardError } = gain();
        expect(mean).toBeGreaterThan(0.1);
        expect(mean).toBeGreaterThan(3 * standardError);
      });
    }
  }
});
