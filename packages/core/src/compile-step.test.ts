import { input, type Tensor, valueOf } from '@ganymede/tensor';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Backend } from './backend.js';
import { compileSampler } from './compile-sampler.js';
import { compileStep } from './compile-step.js';
import { createRng } from './create-rng.js';
import { referenceBackend } from './reference-backend.js';
import type { Step, StepContext } from './step.js';

let backend: Backend;
beforeEach(async () => {
  backend = await referenceBackend();
});

const rng = createRng(1);
const state = { 'net/w': valueOf([1, 2]), 'net/mean': valueOf([0, 0]), count: valueOf(0, [], 'int32') };
const held = new Map(Object.entries(state));
const at = (tensors: Readonly<Record<string, Tensor>>, name: string) => tensors[name] as Tensor;

/** A step whose program is `program`, reading a batch `x` of two numbers. */
const step = (program: Step['program']): Step => ({
  name: 'test',
  batch: { x: { dtype: 'float32', shape: [2] } },
  program,
});
const batch = { x: valueOf([10, 20]) };

describe('compileStep', () => {
  it('gives next values, metrics and outputs, and leaves the state as it was', async () => {
    const compiled = await compileStep(
      step((s, b) => {
        const y = s.get('net/w').mul(at(b, 'x'));
        return { state: { 'net/w': y, count: s.get('count').add(1) }, outputs: { total: y.sum(), y } };
      }),
      state,
      backend,
    );
    const { updates, report } = await compiled.run({ state: held, batch, rng, call: 0 });
    expect([...updates]).toEqual([
      ['net/w', valueOf([10, 40])],
      ['count', valueOf(1, [], 'int32')],
    ]);
    expect(report).toEqual({ step: 'test', metrics: { total: 50 }, outputs: { y: valueOf([10, 40]) } });
    expect(held.get('net/w')).toEqual(valueOf([1, 2]));
    expect(compiled.nodes).toBeGreaterThan(0);
  });

  it('takes buffer updates of networks, unless the step says otherwise', async () => {
    const update = (_: unknown, b: Readonly<Record<string, Tensor>>, ctx: StepContext) => {
      ctx.child('net').updateBuffer('mean', at(b, 'x'));
      return {};
    };
    const plain = await compileStep(step(update), state, backend);
    const kept = await compileStep(
      step((s, b, ctx) => ({ ...update(s, b, ctx), state: { 'net/mean': s.get('net/mean').add(1) } })),
      state,
      backend,
    );
    const call = { state: held, batch, rng, call: 0 };
    expect((await plain.run(call)).updates.get('net/mean')).toEqual(valueOf([10, 20]));
    expect((await kept.run(call)).updates.get('net/mean')).toEqual(valueOf([1, 1]));
  });

  it('draws noise by name and call, each request its own', async () => {
    const compiled = await compileStep(
      step((_, __, ctx) => {
        const d = ctx.child('d');
        const noise = () => d.noise('mask', [3], { kind: 'uniform' });
        return {
          outputs: { a: noise(), b: noise(), token: d.noise('token', [3], { kind: 'integers', high: 9 }) },
        };
      }),
      state,
      backend,
    );
    const run = async (call: number) =>
      (await compiled.run({ state: held, batch, rng, call })).report.outputs;
    const first = await run(0);
    expect(first.a).toEqual(rng.child('noise/d/mask').draw([3], { kind: 'uniform' }, 0));
    expect(first.b).toEqual(rng.child('noise/d/mask@2').draw([3], { kind: 'uniform' }, 0));
    expect(first.token?.dtype).toBe('int32');
    expect(await run(0)).toEqual(first);
    expect((await run(1)).a).toEqual(rng.child('noise/d/mask').draw([3], { kind: 'uniform' }, 1));
  });

  it('feeds scalars anew at every call, one input for one value', async () => {
    const rate = (call: number) => 1 / (call + 1);
    let same = false;
    const compiled = await compileStep(
      step((_, __, ctx) => {
        const a = ctx.scalar('rate', rate);
        same = a === ctx.scalar('rate', rate);
        return { outputs: { sum: a.add(ctx.scalar('rate', 5)).add(ctx.scalar('fixed', 100)) } };
      }),
      state,
      backend,
    );
    const run = async (call: number) =>
      (await compiled.run({ state: held, batch, rng, call })).report.metrics.sum;
    expect(same).toBe(true);
    expect([await run(0), await run(1), await run(3)]).toEqual([106, 105.5, 105.25]);
  });

  it('builds trees of the state and says what it has', async () => {
    let seen: unknown;
    await compileStep(
      step((s) => {
        seen = [Object.keys(s.tree('net')), s.has('net/w'), s.has('nett/w')];
        return { outputs: { w: s.get('net/w') } };
      }),
      state,
      backend,
    );
    expect(seen).toEqual([['w', 'mean'], true, false]);
  });

  it.each<[string, Step['program'], string, string]>([
    [
      'an unknown entry',
      (s) => ({ outputs: { y: s.get('net/v') } }),
      'GANYMEDE_UNKNOWN_STATE',
      'did you mean "net/w"?',
    ],
    ['an unknown tree', (s) => void s.tree('nett') as never, 'GANYMEDE_UNKNOWN_STATE', 'known: net, count'],
    [
      'a next value of nothing',
      () => ({ state: { 'net/u': input('batch/x', [2]) } }),
      'GANYMEDE_UNKNOWN_STATE',
      '"net/u"',
    ],
    [
      'another shape',
      (s) => ({ state: { 'net/w': s.get('net/w').sum() } }),
      'GANYMEDE_STATE_TYPE',
      'float32 [2], but is float32 []',
    ],
    [
      'another dtype',
      (s) => ({ state: { count: s.get('count').cast('float32') } }),
      'GANYMEDE_STATE_TYPE',
      'int32',
    ],
    [
      'noise of a named size',
      (_, __, ctx) => ({ outputs: { y: ctx.noise('z', ['N'], { kind: 'normal' }) } }),
      'GANYMEDE_NAMED_DIMENSION',
      'noise/z',
    ],
  ])('refuses %s', async (_, program, code, text) => {
    const failed = compileStep(step(program), state, backend);
    await expect(failed).rejects.toMatchObject({ code });
    await expect(failed).rejects.toThrow(text);
  });

  it('refuses a state path that begins like another kind of input', async () => {
    await expect(
      compileStep(
        step(() => ({})),
        { 'noise/x': valueOf(1) },
        backend,
      ),
    ).rejects.toMatchObject({
      code: 'GANYMEDE_STATE_PATH',
    });
  });

  it('refuses a batch that is not what was declared', async () => {
    const compiled = await compileStep(
      step((_, b) => ({ outputs: { y: at(b, 'x') } })),
      state,
      backend,
    );
    const run = (wrong: object) => compiled.run({ state: held, batch: wrong as typeof batch, rng, call: 0 });
    await expect(run({})).rejects.toMatchObject({ code: 'GANYMEDE_BATCH' });
    await expect(run({ x: valueOf([1, 2, 3]) })).rejects.toThrow(
      'expected batch entry "x" float32 [2], received float32 [3]',
    );
    await expect(run({ x: valueOf([1, 2], [2], 'int32') })).rejects.toThrow('int32 [2]');
  });
});

describe('compileSampler', () => {
  const sampler = {
    kind: 'points' as const,
    inputs: { labels: { dtype: 'int32' as const, shape: ['N'] } },
    program: (
      s: { get(path: string): Tensor },
      inputs: Readonly<Record<string, Tensor>>,
      ctx: StepContext,
      n: number | string,
    ) => ({
      points: ctx.noise('z', [n, 2], { kind: 'normal' }).add(s.get('net/w')),
      labels: at(inputs, 'labels'),
    }),
  };

  it('samples any count in batches, labels with their samples', async () => {
    const compiled = await compileSampler(sampler, state, backend, 3);
    const labels = valueOf([5, 6, 7, 8], [4], 'int32');
    const all = await compiled.sample({ state: held, count: 4, rng, inputs: { labels } });
    const z = rng.child('noise/z').draw([4, 2], { kind: 'normal' }).data as Float32Array;
    expect(all.points).toEqual(
      valueOf(
        Array.from(z, (x, i) => Math.fround(x + 1 + (i % 2))),
        [4, 2],
      ),
    );
    expect(all.labels).toEqual(labels);
    const sizes: number[] = [];
    for await (const part of compiled.batches({ state: held, count: 4, rng, inputs: { labels } })) {
      sizes.push(part.points?.shape[0] ?? 0);
    }
    expect(sizes).toEqual([3, 1]);
  });

  it('says which input it lacks', async () => {
    const compiled = await compileSampler(sampler, state, backend, 3);
    await expect(compiled.sample({ state: held, count: 4, rng })).rejects.toMatchObject({
      code: 'GANYMEDE_SAMPLE_INPUT',
    });
    const inputs = { labels: valueOf([1], [1], 'int32') };
    await expect(compiled.sample({ state: held, count: 4, rng, inputs })).rejects.toThrow(
      'int32 [4], received int32 [1]',
    );
  });
});
