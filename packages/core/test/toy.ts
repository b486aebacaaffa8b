import { grad, gemm, type Tensor, valueOf } from '@ganymede/tensor';
import { z } from 'zod';
import type { Algorithm, ScheduleContext } from '../src/algorithm.js';
import { createRng } from '../src/create-rng.js';
import type { Dataset } from '../src/dataset.js';
import { defineAlgorithm, defineDataset } from '../src/define-module.js';
import { definePlugin } from '../src/define-plugin.js';
import { referenceBackend } from '../src/reference-backend.js';
import type { Step } from '../src/step.js';

/** Points on a line, made from a seed. */
export const line = defineDataset({
  id: '@acme/toy/line',
  summary: 'points (x, 2x + 1)',
  options: z.object({ length: z.number().int().default(20), seed: z.number().default(1) }),
  create: ({ length, seed }): Dataset => {
    const x = createRng(seed).draw([length], { kind: 'normal' }).data as Float32Array;
    return {
      summary: `line, ${length} points`,
      length,
      fields: { points: { dtype: 'float32', shape: [2] } },
      read: async (indices) => ({
        points: valueOf(
          Array.from(indices).flatMap((i) => [x[i] as number, 2 * (x[i] as number) + 1]),
          [indices.length, 2],
        ),
      }),
      hash: async () => `line-${length}-${seed}`,
    };
  },
});

const at = (tensors: Readonly<Record<string, Tensor>>, name: string): Tensor => tensors[name] as Tensor;

function critic(batch: number, explodeAt: number): Step {
  return {
    name: 'critic',
    batch: { points: { dtype: 'float32', shape: [batch, 2] } },
    program(state, inputs, ctx) {
      const [w, g] = [state.get('critic/w'), state.get('generator/w')];
      const z = ctx.child('generator').noise('latent', [batch, 3], { kind: 'normal' });
      const score = (x: Tensor) => gemm(x, w).tanh().mean();
      const loss = score(gemm(z, g)).sub(score(at(inputs, 'points')));
      const [dw] = grad(loss, [w]);
      const rate = ctx.scalar('rate', (call) =>
        call === explodeAt ? Number.POSITIVE_INFINITY : 0.1 / (1 + call),
      );
      const count = state.get('count');
      return {
        state: { 'critic/w': w.sub((dw as Tensor).mul(rate)), count: count.add(1) },
        outputs: { loss: loss.mul(rate).div(rate) },
      };
    },
  };
}

function generator(batch: number): Step {
  return {
    name: 'generator',
    batch: {},
    program(state, _, ctx) {
      const [w, g] = [state.get('critic/w'), state.get('generator/w')];
      const fake = gemm(ctx.child('generator').noise('latent', [batch, 3], { kind: 'normal' }), g);
      const loss = gemm(fake, w).tanh().mean().neg();
      const [dg] = grad(loss, [g]);
      ctx.child('generator').updateBuffer('mean', fake.mean(0));
      return { state: { 'generator/w': g.sub((dg as Tensor).mul(0.1)) }, outputs: { loss, fake } };
    },
  };
}

async function* alternate({ steps, data, position, state, rng }: ScheduleContext<'critic' | 'generator'>) {
  for (let round = position.round ?? 0; ; round++) {
    for (let i = 0; i < 2; i++) await steps.critic(await data.next());
    const report = await steps.generator();
    // What a schedule does on the host must survive a resume, too.
    const old = await state.get('kept');
    const noise = rng.draw([1], { kind: 'uniform' }, round).data[0] as number;
    state.set('kept', valueOf([(old.data[0] as number) + noise]));
    position.round = round + 1;
    yield report;
  }
}

/** A linear GAN on points: small enough for the reference interpreter, with everything a run must carry over. */
export const toy = defineAlgorithm({
  id: '@acme/toy/gan',
  summary: 'a linear GAN',
  options: z.object({ scale: z.number().default(0.1), explodeAt: z.number().default(-1) }),
  create: ({ scale, explodeAt }, { batchSize }): Algorithm<'critic' | 'generator'> => ({
    steps: { critic: critic(batchSize, explodeAt), generator: generator(batchSize) },
    sampler: {
      kind: 'points',
      program: (state, _, ctx, batch) => ({
        points: gemm(
          ctx.child('generator').noise('latent', [batch, 3], { kind: 'normal' }),
          state.get('generator/w'),
        ),
      }),
    },
    init: (rng) => ({
      'critic/w': rng.child('critic').draw([2, 1], { kind: 'normal', std: scale }),
      'generator/w': rng.child('generator').draw([3, 2], { kind: 'normal', std: scale }),
      'generator/mean': valueOf([0, 0]),
      count: valueOf(0, [], 'int32'),
      kept: valueOf([0]),
    }),
    start: { round: 0 },
    schedule: alternate,
  }),
});

export const toys = definePlugin({ name: '@acme/toy', apiVersion: 1, modules: [toy, line] });
export const reference = definePlugin({
  name: '@ganymede/core/reference',
  apiVersion: 1,
  modules: [referenceBackend],
});
