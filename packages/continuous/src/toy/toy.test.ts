import { createRng, createStateReader, flattenTree, unflattenTree } from '@ganymede/core';
import { glyphs, world } from '@ganymede/data';
import { grad, numbersOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, testAlgorithm } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { toy } from './toy.js';
import { toyDiscriminator, toyGenerator } from './toy-networks.js';
import { toyLosses, toyRecipes } from './toy-recipe.js';

const small = { width: 6, depth: 2 };

for (const loss of ['wgan-gp', 'sn-hinge', 'wgan-clip'] as const) {
  testAlgorithm({
    name: `toy ${loss}`,
    data: () => world({ name: 'two-moons', count: 20 }),
    batchSize: 4,
    create: (services) => toy({ ...small, loss, decay: 10 }, services),
  });
}

describe('toy', () => {
  it.each(toyLosses)('%s: makes steps for its updates', (loss) => {
    const algorithm = toy({ ...small, loss }, { data: world({ count: 20 }), batchSize: 4 });
    const { critics } = toyRecipes[loss]({ extent: 1 });
    expect(Object.keys(algorithm.steps)).toEqual(critics === 1 ? ['train'] : ['discriminator', 'generator']);
    expect(algorithm.sampler.kind).toBe('points');
    expect(algorithm.discriminate).toBeTypeOf('function');
    expect(algorithm.conditions).toBeUndefined();
  });

  it('refuses data that is not points', () => {
    expect(() => toy({}, { data: glyphs({ count: 4 }), batchSize: 2 })).toThrow(
      expect.objectContaining({
        code: 'GANYMEDE_DATA_FIELD',
        message: expect.stringContaining('images float32 [1, 28, 28]'),
      }),
    );
  });

  it.each([[{ loss: 'wgan' }], [{ width: 0 }], [{ ema: 1 }], [{ weight: 0 }]])('refuses %o', (options) => {
    const wrong = options as { width?: number };
    expect(() => toy(wrong, { data: world({ count: 4 }), batchSize: 2 })).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_OPTION' }),
    );
  });

  it('its discriminator judges samples: the logits of the run’s own state', async () => {
    const algorithm = toy({ ...small, loss: 'ns' }, { data: world({ count: 20 }), batchSize: 4 });
    const bench = createWorkbench({ dtype: 'float32' });
    const state = algorithm.init(createRng(3));
    for (const [path, v] of Object.entries(state)) bench.symbol(path, v);
    const reader = createStateReader(state, 'the test');
    const x = bench.symbol('x', valueOf([0.1, -0.4, 1, 1], [2, 2]));
    const logits = algorithm.discriminate?.(reader, x, bench.ctx) as Tensor;
    const direct = toyDiscriminator({ ...small, extent: world({ count: 1 }).extent }).apply(
      reader.tree('discriminator'),
      x,
      bench.ctx,
    );
    const [a, b] = bench.evaluate([logits, direct]).map(numbersOf);
    expect(a).toEqual(b);
    expect(a?.[0]).not.toBe(a?.[1]);
  });
});

describe('networks of toy', () => {
  const bench = createWorkbench();
  const applied = (network: ReturnType<typeof toyGenerator>, numbers: readonly number[]) => {
    const variables = bench.symbols(network.init(createRng(1), ['N', 2]), `v${Math.random()}`);
    const x = bench.symbol(`x${Math.random()}`, valueOf(numbers, [numbers.length / 2, 2]));
    return { x, y: network.apply(variables, x, bench.ctx) };
  };

  it('data twice as large is judged alike, and made twice as large', () => {
    const near = applied(toyDiscriminator({ ...small, extent: 1 }), [0.3, -0.2]).y;
    const far = applied(toyDiscriminator({ ...small, extent: 2 }), [0.6, -0.4]).y;
    const made = applied(toyGenerator({ ...small, extent: 1 }), [0.3, -0.2]).y;
    const larger = applied(toyGenerator({ ...small, extent: 2 }), [0.3, -0.2]).y;
    const [a, b, c, d] = bench.evaluate([near, far, made, larger]).map(numbersOf) as number[][];
    expect(b?.[0]).toBeCloseTo(a?.[0] as number, 6);
    expect(d?.[0]).toBeCloseTo(2 * (c?.[0] as number), 6);
  });

  it('folds do not all go through the origin at first: biases are spread', () => {
    const variables = flattenTree<Value>(toyGenerator({ ...small, extent: 1 }).init(createRng(1), ['N', 2]));
    const [bias] = Object.entries(variables).filter(([path]) => path.endsWith('bias'));
    const numbers = numbersOf(bias?.[1] as Value);
    expect(new Set(numbers).size).toBe(6);
    expect(Math.max(...numbers.map(Math.abs))).toBeGreaterThan(0.3);
    expect(Math.max(...numbers.map(Math.abs))).toBeLessThan(1);
  });

  it('with gain g no slope is above the product of the layers’ norms', () => {
    const network = toyDiscriminator({ ...small, extent: 1, gain: 2 });
    const points = numbersOf(createRng(2).draw([200, 2], { kind: 'uniform', low: -2, high: 2 }));
    const x = bench.symbol('points', valueOf(points, [200, 2]));
    const converged = unflattenTree(settled(flattenTree<Value>(network.init(createRng(1), ['N', 2]))));
    const y = network.apply(bench.symbols(converged, 'bounded'), x, bench.ctx);
    const [slopes] = bench.evaluate(grad(y.sum(), [x])).map(numbersOf) as number[][];
    const norms = points.flatMap((_, i) =>
      i % 2 === 0 ? [Math.hypot(slopes?.[i] as number, slopes?.[i + 1] as number)] : [],
    );
    // Three layers of norm 2 behind a factor of 9.
    expect(Math.max(...norms)).toBeLessThan(9 * 2 ** 3 * 1.001);
    expect(Math.max(...norms)).toBeGreaterThan(5);
  });
});

/** Variables whose `u` the power iteration has settled on: the left singular vectors of the kernels. */
function settled(variables: Readonly<Record<string, Value>>): Record<string, Value> {
  const next: Record<string, Value> = { ...variables };
  for (const [path, kernel] of Object.entries(variables)) {
    if (!path.endsWith('kernel')) continue;
    const [rows, columns] = kernel.shape as [number, number];
    const k = numbersOf(kernel);
    let u = Array.from({ length: columns }, (_, c) => 1 + c / 7);
    for (let i = 0; i < 500; i++) {
      const v = Array.from({ length: rows }, (_, r) =>
        u.reduce((sum, x, c) => sum + x * (k[r * columns + c] as number), 0),
      );
      u = u.map((_, c) => v.reduce((sum, x, r) => sum + x * (k[r * columns + c] as number), 0));
      const norm = Math.hypot(...u);
      u = u.map((x) => x / norm);
    }
    next[path.replace(/kernel$/, 'u')] = valueOf(u);
  }
  return next;
}
