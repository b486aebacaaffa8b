import {
  flattenTree,
  type Network,
  type Optimizer,
  type Regularizer,
  type StepContext,
} from '@ganymede/core';
import { adam, rmsprop, schedules } from '@ganymede/nn';
import { concat, grad, numbersOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { type ClaimRow, once } from '@ganymede/testing';
import { gradientPenalty, wasserstein, weightClipping } from '../../src/index.js';
import { createOrtTraining, lossesOf } from '../train-on-ort.js';
import { mlp } from './planar-gan.js';
import { drawWorld, ring, ringDivisor, type World } from './worlds.js';

const batch = 256;

// --- A clipped critic while the generator N(θ, 1) moves from 5 to the data N(0, 1)

const clip = 0.1;
const shift: Network = {
  name: 'shift',
  buffers: [],
  init: () => ({ theta: valueOf([5]) }),
  apply: ({ theta }, x) => x.add(theta as Tensor),
};
const normals = (ctx: StepContext, name: string) => ctx.noise(name, [batch, 1], { kind: 'normal' });

const moved = once(async () => {
  const training = await createOrtTraining({
    d: { network: mlp(64, 1, 2), optimizer: rmsprop({ rate: 5e-4 }), shape: ['N', 1] },
    g: { network: shift, optimizer: rmsprop({ rate: 0.02 }), shape: ['N', 1] },
  });
  const loss = wasserstein();
  const { project } = weightClipping({ high: clip });
  const critic = await training.add({
    name: 'critic',
    ...(project === undefined ? {} : { project }),
    program(tools) {
      const fake = tools.apply('g', normals(tools.ctx, 'latent'));
      const { discriminator } = lossesOf(tools, { real: normals(tools.ctx, 'real'), fake, loss });
      return { losses: { d: discriminator } };
    },
  });
  const move = await training.add({
    name: 'move',
    program: ({ apply, ctx }) => ({
      losses: { g: loss.generator(apply('d', apply('g', normals(ctx, 'latent')), { still: true })) },
    }),
  });
  const estimates: number[] = [];
  const distances: number[] = [];
  let largest = 0;
  for (let i = 0; i < 600; i++) {
    let estimate = 0;
    // Their schedule: many steps at first.
    for (let k = 0; k < (i < 25 ? 100 : 5); k++) {
      estimate = -((await critic()).metrics.d as number);
      const weights = Object.values(flattenTree<Value>(await training.variables('d'))).flatMap(numbersOf);
      largest = weights.reduce((most, w) => Math.max(most, Math.abs(w)), largest);
    }
    const theta = numbersOf((await training.variables('g')).theta as Value)[0] as number;
    if (theta <= 0) break;
    estimates.push(estimate);
    // W₁ of two normal distributions of the same width.
    distances.push(theta);
    await move();
  }
  await training.dispose();
  return { correlation: spearman(estimates, distances), largest, arrived: distances.at(-1) as number };
});

/** Spearman's rank correlation, of lists without ties. */
function spearman(a: readonly number[], b: readonly number[]): number {
  const ranks = (list: readonly number[]) => {
    const order = list.map((_, i) => i).sort((i, j) => (list[i] as number) - (list[j] as number));
    const found = new Array<number>(list.length);
    order.forEach((i, rank) => {
      found[i] = rank;
    });
    return found;
  };
  const [x, y] = [ranks(a), ranks(b)];
  const n = x.length;
  return 1 - (6 * x.reduce((sum, r, i) => sum + (r - (y[i] as number)) ** 2, 0)) / (n * (n * n - 1));
}

// --- Value surfaces: the generator is the ring plus N(0, 1)

/** 8 Gaussians at radius 2, σ 0.02. */
const wide: World = {
  centres: ring.centres.map(([x, y]) => [ringDivisor * x, ringDivisor * y] as const),
  std: ringDivisor * ring.std,
};
const sides = (ctx: StepContext) => ({
  real: drawWorld(wide, batch, ctx.child('real')),
  fake: drawWorld(wide, batch, ctx.child('fake')).add(ctx.noise('noise', [batch, 2], { kind: 'normal' })),
});

/** W / K of a critic after 3000 steps: its estimate over its largest slope at 20 batches of both sides. */
async function normalizedEstimate(regularizer: Regularizer, optimizer: Optimizer): Promise<number> {
  const training = await createOrtTraining({ d: { network: mlp(64, 1), optimizer, shape: ['N', 2] } });
  const step = await training.add({
    name: 'critic',
    project: (params) => regularizer.project?.(params) ?? params,
    program(tools) {
      const options = { ...sides(tools.ctx), loss: wasserstein(), regularizers: [regularizer] };
      return { losses: { d: lossesOf(tools, options).discriminator } };
    },
  });
  for (let i = 0; i < 3000; i++) await step();
  const look = await training.add({
    name: 'look',
    program({ apply, ctx }) {
      const { real, fake } = sides(ctx);
      const [r, f] = [apply('d', real), apply('d', fake)];
      const slope = (y: Tensor, x: Tensor) => (grad(y.sum(), [x])[0] as Tensor).square().sum(1).sqrt();
      const steepest = concat([slope(r, real), slope(f, fake)], 0).max();
      return { outputs: { estimate: r.mean().sub(f.mean()), steepest } };
    },
  });
  let [total, largest] = [0, 0];
  for (let i = 0; i < 20; i++) {
    const { estimate, steepest } = (await look()).metrics as Record<string, number>;
    total += estimate as number;
    largest = Math.max(largest, steepest as number);
  }
  await training.dispose();
  return total / 20 / largest;
}

const falling = schedules.linear({ from: 1e-3, to: 1e-5, steps: 3000 });
const surfaces = once(async () => ({
  clipped: await normalizedEstimate(weightClipping({ high: 0.01 }), rmsprop({ rate: 5e-4 })),
  penalized: await normalizedEstimate(
    gradientPenalty({ weight: 10 }),
    adam({ rate: falling, beta1: 0.5, beta2: 0.9 }),
  ),
}));

const about = 'WGAN (Arjovsky et al. 2017)';
/** Claims about Wasserstein critics that are trained on ONNX Runtime. */
export const criticRows: readonly ClaimRow[] = [
  {
    about,
    claim: `clipped to ${clip}: the largest parameter after each of thousands of steps`,
    expected: { below: clip + 1e-8 },
    measure: async () => (await moved()).largest,
  },
  {
    about,
    claim:
      'while a generator N(θ, 1) moves from 5 to data N(0, 1): Spearman’s correlation of the critic’s estimate and W₁',
    expected: { above: 0.9 },
    measure: async () => (await moved()).correlation,
  },
  {
    about,
    claim: 'where that generator comes to',
    expected: { between: [0, 0.05] },
    measure: async () => (await moved()).arrived,
  },
  {
    about: 'Value surfaces (Gulrajani et al. 2017, figure 1)',
    claim:
      'generator fixed at 8 Gaussians (a ring of radius 2) + N(0, 1): W/K of a clipped critic over that of WGAN-GP, K the largest slope',
    expected: { below: 0.6 },
    measure: async () => {
      const { clipped, penalized } = await surfaces();
      return clipped / penalized;
    },
  },
];
