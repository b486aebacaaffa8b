import { createRng, type Sampler, type State, unflattenTree } from '@ganymede/core';
import type { Backend } from '@ganymede/core';
import { argMax, concat, gather, type Tensor, valueOf } from '@ganymede/tensor';
import type { ExportSource } from '../src/index.js';

const rng = createRng(3).child('tiny');
const weights = (name: string, shape: readonly number[]) =>
  rng.child(name).draw(shape, { kind: 'normal', std: 0.5 });

/** Images `[N, channels, 4, 4]` from latents `[N, 6]`: one dense layer, a convolution's worth of nothing, tanh. */
export const imageSampler = (channels = 1): Sampler => ({
  kind: 'images',
  program(state, _inputs, ctx, batch) {
    const { dense } = unflattenTree({ dense: state.get('generator/dense/kernel') }) as { dense: Tensor };
    const z = ctx.noise('z', [batch, 6], { kind: 'normal' });
    const images = z.matmul(dense).add(state.get('generator/dense/bias')).tanh();
    return { images: images.reshape([batch, channels, 4, 4]) };
  },
});

export const imageState = (channels = 1): State => ({
  'generator/dense/kernel': weights(`kernel${channels}`, [6, 16 * channels]),
  'generator/dense/bias': weights(`bias${channels}`, [16 * channels]),
  'discriminator/dense/kernel': weights('unused', [16, 1]),
  'optimizer/generator/count': valueOf(3),
});

/** As {@link imageSampler}, shifted by a class embedding, with a second noise input and a second output. */
export const conditionalSampler: Sampler = {
  kind: 'images',
  inputs: { labels: { dtype: 'int32', shape: ['N'] } },
  program(state, { labels }, ctx, batch) {
    const z = ctx.noise('z', [batch, 6], { kind: 'uniform', low: -1, high: 1 });
    const grain = ctx
      .child('generator')
      .child('block1')
      .noise('grain', [batch, 16], { kind: 'normal', std: 0.1 });
    const classes = gather(state.get('generator/embedding/table'), labels as Tensor, 0);
    const flat = z.matmul(state.get('generator/dense/kernel')).add(classes).add(grain);
    return { images: flat.tanh().reshape([batch, 1, 4, 4]), energy: flat.square().mean(1) };
  },
};

export const conditionalState: State = {
  'generator/dense/kernel': weights('conditional', [6, 16]),
  'generator/embedding/table': weights('table', [3, 16]),
};

/** Three tokens of five, the second and third depending on the one before, by the Gumbel-max trick. */
export const tokenSampler: Sampler = {
  kind: 'tokens',
  program(state, _inputs, ctx, batch) {
    const gumbel = ctx.noise('gumbel', [batch, 3, 5], { kind: 'gumbel' });
    const table = state.get('generator/table');
    const tokens: Tensor[] = [];
    for (let t = 0; t < 3; t++) {
      const logits = t === 0 ? table.slice(0, 0, 1) : gather(table, tokens[t - 1] as Tensor, 0);
      const noise = gumbel.slice(1, t, t + 1).reshape([batch, 5]);
      tokens.push(argMax(noise.add(logits), 1).cast('int32'));
    }
    return {
      tokens: concat(
        tokens.map((x) => x.reshape([batch, 1])),
        1,
      ),
    };
  },
};

export const tokenState: State = { 'generator/table': weights('tokens', [5, 5]) };

/** As {@link imageSampler} after 60 products with a 1024x1024 matrix: 0.13 GFLOP a sample. */
export const slowSampler: Sampler = {
  kind: 'images',
  program(state, _inputs, ctx, batch) {
    let x = ctx.noise('z', [batch, 6], { kind: 'normal' }).matmul(state.get('generator/first'));
    for (let i = 0; i < 100; i++) x = x.matmul(state.get('generator/again')).tanh();
    return { images: x.slice(1, 0, 16).reshape([batch, 1, 4, 4]) };
  },
};

export const slowState: State = {
  'generator/first': weights('first', [6, 1024]),
  'generator/again': rng.child('again').draw([1024, 1024], { kind: 'normal', std: 1 / 32 }),
};

/** An export source of a sampler, with a provenance of nothing in particular. */
export const sourceOf = (sampler: Sampler, state: State, backend: Backend): ExportSource => ({
  sampler,
  state,
  backend,
  fields: { labels: { dtype: 'int32', shape: [], classes: 3 } },
  provenance: {
    algorithm: '@acme/tiny/tiny',
    options: { width: 1 },
    seed: 3,
    iteration: 10,
    data: { summary: 'tiny', hash: 'none' },
  },
});
