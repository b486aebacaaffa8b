import type { Optimizer, StepContext } from '@ganymede/core';
import { GanymedeError, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testOptimizer } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { optimizerFixtures } from '../../test/fixture.js';
import { linear } from '../schedules/linear.js';
import { adam } from './adam.js';
import { applyUpdates } from './apply-updates.js';
import { chain } from './chain.js';
import { clipByGlobalNorm } from './clip-by-global-norm.js';
import { momentum } from './momentum.js';
import { rmsprop } from './rmsprop.js';
import { scale, scaleByRate } from './scale.js';
import { scaleByAdam } from './scale-by-adam.js';
import { sgd } from './sgd.js';
import { weightDecay } from './weight-decay.js';

/** By the name of the sequence in fixtures/optimizers.json. */
const table: Readonly<Record<string, () => Optimizer>> = {
  adam: () => adam({ rate: 0.01 }),
  'adam beta1 0': () => adam({ rate: 0.002, beta1: 0, beta2: 0.9 }),
  'adam dcgan': () => adam({ rate: 2e-4, beta1: 0.5 }),
  'adam epsilon': () => adam({ rate: 0.01, epsilon: 0.1 }),
  'adam linear': () => adam({ rate: linear({ from: 0.01, to: 0, steps: 10 }) }),
  'adam l2': () => chain(weightDecay(0.1), adam({ rate: 0.01 })),
  adamw: () => chain(scaleByAdam(), weightDecay(0.1), scaleByRate(0.01)),
  sgd: () => sgd({ rate: 0.1 }),
  'sgd momentum': () => sgd({ rate: 0.1, momentum: 0.9 }),
  'sgd nesterov': () => sgd({ rate: 0.1, momentum: 0.9, nesterov: true }),
  rmsprop: () => rmsprop({ rate: 0.01 }),
  'rmsprop wgan': () => rmsprop({ rate: 5e-5, decay: 0.99 }),
  clip: () => chain(clipByGlobalNorm(3), sgd({ rate: 0.1 })),
};

/** Parameters after each step on the fixture's gradients, in float32. */
function runFixture(optimizer: Optimizer): Value[] {
  let params: Value = valueOf(optimizerFixtures.initial);
  let slots = optimizer.init({ p: params });
  return optimizerFixtures.gradients.map((gradient, call) => {
    const { next, after } = step(optimizer, {
      params: { p: params },
      slots,
      gradients: { p: valueOf(gradient) },
      call,
    });
    params = next.p as Value;
    slots = after;
    return params;
  });
}

interface Call {
  readonly params: Readonly<Record<string, Value>>;
  readonly slots: ReturnType<Optimizer['init']>;
  readonly gradients: Readonly<Record<string, Value>>;
  readonly call: number;
}

function step(optimizer: Optimizer, { params, slots, gradients, call }: Call) {
  const bench = createWorkbench({ training: true, dtype: 'float32' });
  const [p, g, s] = [bench.symbols(params, 'p'), bench.symbols(gradients, 'g'), bench.symbols(slots, 's')];
  const result = optimizer.update(g, s, p, bench.ctx);
  const run = (tree: typeof p): typeof slots =>
    Object.fromEntries(
      Object.entries(tree).map(([name, node]) => [
        name,
        'operator' in node ? (bench.evaluate([node as Tensor], { call })[0] as Value) : run(node as typeof p),
      ]),
    );
  return {
    next: run(applyUpdates(p, result.updates)),
    after: run(result.slots),
    updates: run(result.updates),
    bench,
  };
}

describe('optimizers follow PyTorch', () => {
  it('on every sequence of the fixtures', () => {
    expect(Object.keys(table).sort()).toEqual(Object.keys(optimizerFixtures.after).sort());
  });

  it.each(Object.keys(table))('%s', (name) => {
    const found = runFixture((table[name] as () => Optimizer)());
    for (const [i, after] of (optimizerFixtures.after[name] ?? []).entries()) {
      // float32 against float64; gradients reach 100 and parameters move by up to 10.
      const size = Math.max(1, ...after.map(Math.abs));
      expectClose(
        Array.from(found[i]?.data as Float32Array, (x) => x / size),
        after.map((x) => x / size),
        1e-6,
        `step ${i}`,
      );
    }
  });
});

testOptimizer({ name: 'adam', create: () => adam({ rate: 0.05 }) });
testOptimizer({ name: 'adam, beta1 0', create: () => adam({ rate: 0.05, beta1: 0 }) });
testOptimizer({ name: 'sgd', create: () => sgd({ rate: 0.1 }), steps: 50 });
testOptimizer({ name: 'sgd, momentum', create: () => sgd({ rate: 0.05, momentum: 0.8 }), steps: 80 });
testOptimizer({ name: 'rmsprop', create: () => rmsprop({ rate: 0.05 }) });
testOptimizer({
  name: 'adamw, clipped',
  create: () => chain(clipByGlobalNorm(1), scaleByAdam(), weightDecay(0.01), scaleByRate(0.05)),
  skip: { still: 'decay moves parameters without a gradient' },
});

describe('optimizers', () => {
  const one = (x: number) => ({ p: valueOf([x]) });

  it('declare their rate as an input that follows its schedule', () => {
    const optimizer = adam({ rate: (call) => 1 / (1 + call) });
    const { updates, bench } = step(optimizer, {
      params: one(0),
      gradients: one(2),
      slots: optimizer.init(one(0)),
      call: 3,
    });
    expect(bench.scalars).toMatchObject([{ name: 'scalar/rate' }]);
    expectClose(updates.p as Value, [-0.25], 1e-6, 'first update: rate · sign');
  });

  it('number the parts of a chain in slots and scalars', () => {
    const optimizer = chain(momentum({ momentum: 0.5 }), scale(2), scaleByRate(0.1));
    expect(optimizer.init(one(1))).toEqual({ 1: { velocity: { p: valueOf([0]) } } });
    const { updates, bench } = step(optimizer, {
      params: one(1),
      gradients: one(3),
      slots: optimizer.init(one(1)),
      call: 0,
    });
    expect(bench.scalars.map(({ name }) => name)).toEqual(['scalar/2/factor', 'scalar/3/rate']);
    expectClose(updates.p as Value, [-0.6], 1e-6, 'update');
  });

  it('keep no first moment with beta1 0, and no slots at all in plain sgd', () => {
    expect(Object.keys(adam({ beta1: 0 }).init(one(1)))).toEqual(['v', 'vWeight']);
    expect(sgd().init(one(1))).toEqual({});
  });

  it('scale all gradients by one factor when clipping, and leave short ones alone', () => {
    const params = { a: valueOf([0, 0]), b: valueOf(0) };
    const clip = (gradients: Call['gradients']) =>
      step(clipByGlobalNorm(5), { params, gradients, slots: {}, call: 0 }).updates;
    const long = clip({ a: valueOf([6, 0]), b: valueOf(8) });
    expectClose(long.a as Value, [3, 0], 1e-6, 'a');
    expectClose(long.b as Value, [4], 1e-6, 'b');
    const short = { a: valueOf([3, 0]), b: valueOf(-1) };
    expect(clip(short)).toEqual(short);
    const none = { a: valueOf([0, 0]), b: valueOf(0) };
    expect(clip(none)).toEqual(none);
  });

  it('decay only what the mask lets through', () => {
    const values = { kernel: valueOf([2]), bias: valueOf([4]) };
    const optimizer = weightDecay(0.5, { mask: (path) => path === 'kernel' });
    const { updates } = step(optimizer, {
      params: values,
      gradients: { kernel: valueOf([1]), bias: valueOf([1]) },
      slots: {},
      call: 0,
    });
    expect(updates).toEqual({ kernel: valueOf([2]), bias: valueOf([1]) });
  });

  it('build few nodes per parameter', () => {
    const bench = createWorkbench({ training: true, dtype: 'float32' });
    const count = (params: number): number => {
      const tree = Object.fromEntries(Array.from({ length: params }, (_, i) => [`p${i}`, valueOf([0])]));
      const optimizer = adam();
      const symbols = (name: string) => bench.symbols(tree, `${name}${params}`);
      const { updates } = optimizer.update(
        symbols('g'),
        bench.symbols(optimizer.init(tree), `s${params}`),
        symbols('p'),
        bench.ctx as StepContext,
      );
      const seen = new Set<Tensor>();
      const visit = (x: Tensor): void => {
        if (seen.has(x) || x.inputs.length === 0) return;
        seen.add(x);
        x.inputs.forEach(visit);
      };
      for (const update of Object.values(updates)) visit(update as Tensor);
      return seen.size;
    };
    // m: mul, add; v: mul, mul, add; update: mul, sqrt, add, div.
    expect(count(2) - count(1)).toBe(9);
  });

  it.each([
    [{ rate: -1 }, 'rate'],
    [{ beta1: 1 }, 'beta1'],
    [{ betas: [0, 1] }, 'betas'],
  ])('refuse %o by the option’s name', (options, name) => {
    expect(() => adam(options as never)).toThrow(
      expect.toSatisfy((e) => GanymedeError.is(e, 'GANYMEDE_OPTION') && e.message.includes(name)),
    );
  });
});
