import { createRng, type Position, type ScheduleContext } from '@ganymede/core';
import { type Value, value } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { tokenDataset } from '../oracle/oracle-sequences.js';
import {
  seqganIterations,
  type SeqganPlan,
  seqganSchedule,
  seqganStart,
  type SeqganSteps,
} from './seqgan-schedule.js';

const plan: SeqganPlan = {
  field: 'tokens',
  length: 2,
  batchSize: 4,
  sequences: 4,
  likelihoodSteps: 3,
  pairs: 6,
  epochSteps: 3,
  roundSteps: 6,
  pretrainRounds: 2,
  rounds: 1,
  adversarialBatches: 2,
  rollOutCalls: 2,
  shuffled: false,
};

/** Real sequences are (i, i) with i < 10; generated ones count up from 100. */
const dataset = tokenDataset(
  Int32Array.from({ length: 20 }, (_, i) => Math.floor(i / 2)),
  {
    length: 2,
    vocabulary: 1000,
    summary: 'ten pairs',
  },
);

/** Steps that note how they are called, and a state that survives an interruption. */
function bench(position: Position, memory: Map<string, Value>, counters: { sampled: number; data: number }) {
  const log: { step: string; batch?: Readonly<Record<string, Value>> }[] = [];
  const step =
    (name: SeqganSteps, outputs: () => Record<string, Value> = () => ({})) =>
    async (batch?: Readonly<Record<string, Value>>) => {
      log.push(batch ? { step: name, batch } : { step: name });
      return { step: name, metrics: {}, outputs: outputs() };
    };
  const rows = (first: number) => Int32Array.from({ length: 8 }, (_, i) => first + Math.floor(i / 2));
  const context: ScheduleContext<SeqganSteps> = {
    steps: {
      likelihood: step('likelihood'),
      sample: step('sample', () => ({ tokens: value('int32', [4, 2], rows(100 + 4 * counters.sampled++)) })),
      rollOut: step('rollOut', () => ({
        values: value('float32', [4, 2], new Float32Array(8).fill(log.length)),
      })),
      policy: step('policy'),
      discriminator: step('discriminator'),
    },
    data: {
      dataset,
      batchSize: 4,
      batchesPerEpoch: 2,
      next: () => dataset.read([counters.data++ % 10, 1, 2, 3]),
      async *epoch() {},
    },
    position,
    state: {
      get: async (path) => memory.get(path) ?? value('float32', [1], new Float32Array([7])),
      set: (path, x) => memory.set(path, x),
    },
    rng: createRng(1, 'schedule'),
    signal: new AbortController().signal,
  };
  return { context, log };
}

const fresh = () => ({ memory: new Map<string, Value>(), counters: { sampled: 0, data: 0 } });

describe('seqganSchedule', () => {
  it('runs every step as often and in the order the plan says', async () => {
    const { memory, counters } = fresh();
    const position = { ...seqganStart };
    const { context, log } = bench(position, memory, counters);
    const yielded: string[] = [];
    for await (const { step } of seqganSchedule(plan, context)) yielded.push(step);
    const adversarial = ['policy', ...Array<string>(6).fill('discriminator')];
    expect(yielded).toEqual([
      ...Array<string>(3).fill('likelihood'),
      ...Array<string>(12).fill('discriminator'),
      ...adversarial,
      ...adversarial,
    ]);
    expect(yielded.length).toBe(seqganIterations(plan));
    expect(position).toEqual({ likelihood: 3, pretrain: 12, adversarial: 14 });
    // Two calls fill six negatives, in each of four rounds; one more call for each policy step.
    expect(counters.sampled).toBe(4 * 2 + 2);
    expect(memory.get('rollout/lstm/bias')?.data[0]).toBe(7);
    const [first] = log.filter(({ step }) => step === 'policy');
    const calls = log.flatMap(({ step }, i) => (step === 'rollOut' ? [i + 1] : []));
    expect(first?.batch?.values?.data[0]).toBe((calls[0]! + calls[1]!) / 2);
  });

  it('mixes labelled real and generated sequences, each once an epoch', async () => {
    const { memory, counters } = fresh();
    const { context, log } = bench({ ...seqganStart, likelihood: 3 }, memory, counters);
    const schedule = seqganSchedule(plan, context);
    for (let i = 0; i < 3; i++) await schedule.next();
    const batches = log.filter(({ step }) => step === 'discriminator').map(({ batch }) => batch!);
    const tokens = batches.flatMap(({ tokens }) =>
      Array.from(tokens!.data as Int32Array).filter((_, i) => i % 2 === 0),
    );
    const labels = batches.flatMap(({ labels }) => Array.from(labels!.data as Int32Array));
    tokens.forEach((token, i) => {
      expect(labels[i]).toBe(token < 10 ? 1 : 0);
    });
    expect(tokens.filter((token) => token >= 100).sort()).toEqual([100, 101, 102, 103, 104, 105]);
    expect(new Set(tokens).size).toBe(12);
    expect(labels.reduce((a, b) => a + b, 0)).toBe(6);
  });

  it('goes on from any iteration with exactly the batches of an uninterrupted run', async () => {
    const whole = fresh();
    const { context, log } = bench({ ...seqganStart }, whole.memory, whole.counters);
    for await (const _ of seqganSchedule(plan, context));
    const wanted = JSON.stringify(log, (_, x: unknown) =>
      ArrayBuffer.isView(x) ? Array.from(x as Int32Array) : x,
    );

    // A new schedule, made from position and state alone, after every single iteration.
    const parts = fresh();
    const position = { ...seqganStart };
    const pieces: unknown[] = [];
    for (let i = 0; i < seqganIterations(plan); i++) {
      const piece = bench(position, parts.memory, parts.counters);
      await seqganSchedule(plan, piece.context).next();
      pieces.push(...piece.log);
    }
    const got = JSON.stringify(pieces, (_, x: unknown) =>
      ArrayBuffer.isView(x) ? Array.from(x as Int32Array) : x,
    );
    // Roll-out values of this bench depend on the length of its own log.
    const blank = (text: string) => text.replaceAll(/"values":\{[^}]*\}/g, '');
    expect(blank(got)).toBe(blank(wanted));
  });
});
