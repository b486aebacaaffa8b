import { ortBackend } from '@ganymede/backend-ort';
import { compileStep, createRng, flattenTree, type Step, toHost, type Tree } from '@ganymede/core';
import { gradientPenalty, wasserstein } from '@ganymede/losses';
import { leastAssignment } from '@ganymede/metrics';
import { adam, dense, descend, sequential, tanh } from '@ganymede/nn';
import { grad, numbersOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { type ClaimRow, once } from '@ganymede/testing';
import { euclideanCosts, ganValue, kantorovichDual, paretoValue } from '../../src/index.js';

const about = 'GANs as mean-field games, WGAN as optimal transport (Cao, Guo and Lauriere 2020)';

const normals = (name: string, count: number, mean: number, std: number, call = 0): number[] =>
  numbersOf(createRng(7).child(name).draw([count], { kind: 'normal', mean, std }, call));

/** Logit of D* = p/(p + q) for p = N(0, 1), q = N(1, 1.5²). */
const bestLogit = (x: number): number => -(x * x) / 2 + ((x - 1) / 1.5) ** 2 / 2 + Math.log(1.5);

/** Root mean square of |value_N − limit| over 200 draws, for N = 64, 256, 1024, 4096; the slope of its logarithm. */
function slope(): number {
  const sizes = [64, 256, 1024, 4096];
  const errors = sizes.map((n) => {
    let square = 0;
    for (let call = 0; call < 200; call++) {
      const real = normals(`real${n}`, n, 0, 1, call).map(bestLogit);
      const fake = normals(`fake${n}`, n, 1, 1.5, call).map(bestLogit);
      // J(G, D*) = −1.187714 by quadrature.
      square += (ganValue(real, fake) + 1.187714) ** 2 / 200;
    }
    return Math.sqrt(square);
  });
  const [x, y] = [sizes.map(Math.log), errors.map(Math.log)];
  const mean = (v: readonly number[]) => v.reduce((a, b) => a + b) / v.length;
  const [mx, my] = [mean(x), mean(y)];
  const top = x.reduce((s, xi, i) => s + (xi - mx) * ((y[i] as number) - my), 0);
  return top / x.reduce((s, xi) => s + (xi - mx) ** 2, 0);
}

const count = 64;
const cloud = (name: string, mean: number): number[][] => {
  const flat = normals(name, 2 * count, mean, 0.5);
  return Array.from({ length: count }, (_, i) => flat.slice(2 * i, 2 * i + 2));
};

const transport = once(() => {
  const [real, fake] = [cloud('cloud a', 0), cloud('cloud b', 0.7)];
  const costs = euclideanCosts(real, fake);
  return { real, fake, costs, ...leastAssignment(costs) };
});

export const optimalTransportRows: readonly ClaimRow[] = [
  {
    about,
    claim: 'the double sum over pairs minus its factorised form, 200 x 300 samples',
    expected: { exact: 0, tolerance: 1e-12 },
    measure: () => {
      const [real, fake] = [normals('a', 200, 1, 8), normals('b', 300, -2, 8)];
      return Math.abs(paretoValue(real, fake) - ganValue(real, fake));
    },
  },
  {
    about,
    claim: 'slope of log |value_N − limit| over log N',
    expected: { exact: -0.5, tolerance: 0.1 },
    measure: slope,
  },
  {
    about,
    claim: 'assignment cost minus the dual of its c-transformed potentials, 64 points in the plane',
    expected: { exact: 0, tolerance: 1e-9 },
    measure: () => {
      const { costs, cost, potentials } = transport();
      return Math.abs(cost / count - kantorovichDual(costs, potentials.columns));
    },
  },
];

/** A WGAN-GP critic of the two clouds: mean difference over its largest slope, over the cost of transport. */
async function criticShare(): Promise<number> {
  const { real, fake, cost } = transport();
  const critic = sequential(dense(64), tanh(), dense(64), tanh(), dense(1));
  const optimizer = adam({ rate: (call) => 2e-3 * (1 - call / 3000), beta1: 0.5, beta2: 0.9 });
  const loss = wasserstein();
  const penalty = gradientPenalty({ weight: 100 });
  const type = { dtype: 'float32', shape: [count, 2] } as const;
  const step: Step = {
    name: 'critic',
    batch: { real: type, fake: type },
    program(state, batch, ctx) {
      const params = state.tree('critic');
      const [r, f] = [batch.real as Tensor, batch.fake as Tensor];
      const discriminate = (x: Tensor) => critic.apply(params, x, ctx.child('critic'));
      const [realLogits, fakeLogits] = [discriminate(r), discriminate(f)];
      const input = { discriminate, real: r, fake: f, realLogits, fakeLogits, params, ctx };
      const whole = loss.discriminator(realLogits, fakeLogits).add(penalty.penalty?.(input) ?? 0);
      const next = descend(optimizer, whole, params, state.tree('slots'), ctx.child('optimizer'));
      return { state: { ...flattenTree(next.params, 'critic'), ...flattenTree(next.slots, 'slots') } };
    },
  };
  const grid = 96;
  const measure: Step = {
    name: 'measure',
    batch: { real: type, fake: type, everywhere: { dtype: 'float32', shape: [grid * grid, 2] } },
    program(state, batch, ctx) {
      const f = (x: Tensor) => critic.apply(state.tree('critic'), x, ctx);
      const x = batch.everywhere as Tensor;
      const [g] = grad(f(x).sum(), [x]);
      const gap = f(batch.real as Tensor)
        .mean()
        .sub(f(batch.fake as Tensor).mean());
      return { outputs: { gap, slope: g.square().sum(1).sqrt().max() } };
    },
  };
  const rng = createRng(3);
  const variables: Tree<Value> = critic.init(rng.child('critic'), [count, 2]);
  const state = new Map<string, Value>(
    Object.entries({
      ...flattenTree(variables, 'critic'),
      ...flattenTree(optimizer.init(variables), 'slots'),
    }),
  );
  const backend = await ortBackend({ device: 'cpu', threads: 1 });
  const types = Object.fromEntries(state);
  const train = await compileStep(step, types, backend);
  for (let call = 0; call < 3000; call++) {
    // Every pairing is drawn, so that the penalty sees the whole region between the clouds.
    const order = rng.child('pairs').permutation(count, call);
    const paired = Array.from(order, (i) => fake[i] as number[]).flat();
    const batch = { real: valueOf(real.flat(), [count, 2]), fake: valueOf(paired, [count, 2]) };
    const { updates } = await train.run({ state, batch, rng: rng.child('train'), call });
    for (const [path, held] of updates) state.set(path, await toHost(held));
  }
  // The largest slope anywhere in the box that holds both clouds, not only on the lines between them.
  const all = [...real, ...fake];
  const range = [0, 1].map((k) => {
    const along = all.map((p) => p[k] as number);
    return [Math.min(...along), Math.max(...along)] as const;
  });
  const everywhere = Array.from({ length: grid * grid }, (_, i) =>
    range.map(
      ([low, high], k) => low + ((high - low) * (k === 0 ? i % grid : Math.floor(i / grid))) / (grid - 1),
    ),
  ).flat();
  const look = await compileStep(measure, types, backend);
  const batch = {
    real: valueOf(real.flat(), [count, 2]),
    fake: valueOf(fake.flat(), [count, 2]),
    everywhere: valueOf(everywhere, [grid * grid, 2]),
  };
  const { gap, slope: steepest } = (await look.run({ state, batch, rng, call: 0 })).report.metrics as {
    gap: number;
    slope: number;
  };
  await backend.dispose();
  return gap / steepest / (cost / count);
}

export const trainedTransportRows: readonly ClaimRow[] = [
  {
    about,
    claim:
      'a WGAN-GP critic (λ 100) over its largest slope, as a share of the cost of transport, 64 points in the plane',
    expected: { between: [0.9, 1] },
    measure: criticShare,
  },
];
