import {
  type Algorithm,
  type Checkpoint,
  createEventHub,
  createRng,
  createRun,
  type Dataset,
  memoryCheckpointStore,
  type Step,
  stderrLogger,
  systemClock,
} from '@ganymede/core';
import { grad, type Tensor, value, valueOf } from '@ganymede/tensor';
import { expect, test } from 'vitest';
import { ortBackend } from '../ort-backend.js';

const types = { images: { dtype: 'float32', shape: [4, 8] } } as const;

/** Moves `own` down a loss of both entries, some noise and the batch: each step reads what the other wrote. */
const stepOf = (own: string, other: string): Step => ({
  name: own,
  batch: types,
  program(state, { images }, ctx) {
    const w = state.get(own);
    const noise = ctx.noise('noise', [4, 8], { kind: 'normal' });
    const made = noise
      .matmul(w)
      .sub(images as Tensor)
      .matmul(state.get(other))
      .tanh();
    const loss = made.square().mean();
    const [g] = grad(loss, [w]) as [Tensor];
    const mean = state.get(`mean/${own}`).mul(0.9).add(g);
    return { state: { [own]: w.sub(mean.mul(0.1)), [`mean/${own}`]: mean }, outputs: { loss } };
  },
});

const algorithm: Algorithm = {
  steps: { a: stepOf('a', 'b'), b: stepOf('b', 'a') },
  sampler: {
    kind: 'points',
    program: (state, _, ctx, batch) => ({
      samples: ctx.noise('z', [batch, 8], { kind: 'normal' }).matmul(state.get('a')),
    }),
  },
  init: (rng) =>
    Object.fromEntries(
      ['a', 'b', 'mean/a', 'mean/b'].map((path) => [
        path,
        rng.child(path).draw([8, 8], { kind: 'normal' }, 0),
      ]),
    ),
  start: {},
  async *schedule({ steps, data, state }) {
    for (;;) {
      const batch = { images: (await data.next()).images ?? valueOf([0], [1]) };
      await steps.a?.(batch);
      const report = await steps.b?.(batch);
      // What a schedule writes is host memory, of no pool.
      state.set('mean/a', await state.get('mean/a'));
      if (report !== undefined) yield report;
    }
  },
};

const dataset: Dataset = {
  summary: 'numbers',
  length: 32,
  fields: { images: { dtype: 'float32', shape: [8] } },
  read: async (indices) => ({
    images: value(
      'float32',
      [indices.length, 8],
      Float32Array.from({ length: 8 * indices.length }, (_, i) => Math.sin(i + 8 * (indices[i >> 3] ?? 0))),
    ),
  }),
  hash: async () => 'numbers',
};

/** The checkpoints of a run from `from` to iteration `steps`. */
async function trained(steps: number, from?: Checkpoint): Promise<readonly Checkpoint[]> {
  const store = memoryCheckpointStore({ keep: 100 });
  const backend = await ortBackend({ device: 'cpu', threads: 1 });
  const run = await createRun({
    algorithmId: 'two',
    algorithm,
    dataset,
    batchSize: 4,
    backend,
    rng: createRng(4),
    rngOf: (seed) => createRng(seed),
    steps,
    checkpointEvery: 1,
    checkpoints: store,
    events: createEventHub([], systemClock, stderrLogger),
    clock: systemClock,
    versions: {},
    ...(from && { from }),
  });
  for await (const _ of run.advance());
  await run.dispose();
  await backend.dispose();
  return Promise.all((await store.list()).map((id) => store.load(id)));
}

test('a run in memory that is used again stops and goes on to the bit', async () => {
  const whole = await trained(6);
  const half = await trained(3);
  const rest = await trained(6, half.at(-1));
  expect(whole.at(-1)?.state).toEqual(rest.at(-1)?.state);
  expect(whole.at(-1)?.state).not.toEqual(half.at(-1)?.state);
  // What a checkpoint holds is not written over by later steps.
  expect(half.at(-1)?.state).toEqual(whole[2]?.state);
});
