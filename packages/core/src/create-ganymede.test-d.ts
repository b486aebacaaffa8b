import type { Tensor } from '@ganymede/tensor';
import { describe, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import type { Algorithm } from './algorithm.js';
import { createGanymede } from './create-ganymede.js';
import type { Dataset } from './dataset.js';
import { defineBackend, defineGan, defineLoss } from './define-module.js';
import { definePlugin } from './define-plugin.js';
import type { Loss } from './loss.js';
import type { Module, Plugin } from './module.js';
import type { Run } from './run.js';

declare const algorithm: Algorithm;
declare const data: Dataset;
declare const dynamic: readonly Plugin[];
declare const condition: boolean;

const hinge = defineLoss({
  id: '@ganymede/losses/hinge',
  summary: '',
  options: z.object({ margin: z.union([z.literal(32), z.literal(64)]).default(32) }),
  create: (options): Loss & { readonly critic: string } => ({
    critic: String(options.margin),
    discriminator: (real: Tensor) => real,
    generator: (fake: Tensor) => fake,
  }),
});
const tiny = defineGan({
  id: '@acme/tiny',
  summary: '',
  options: z.object({ width: z.number().default(8) }),
  create: () => algorithm,
});
const strict = defineGan({
  id: '@ganymede/continuous/strict',
  summary: '',
  options: z.object({ width: z.number() }),
  create: () => algorithm,
});
const cpu = defineBackend({
  id: '@ganymede/backend-x/cpu',
  summary: '',
  options: z.object({}),
  create: () => Promise.reject(new Error()),
});
const losses = definePlugin({ name: '@ganymede/losses', apiVersion: 1, modules: [hinge] });
const gans = definePlugin({ name: 'gans', apiVersion: 1, modules: [tiny, strict, cpu] });
const ganymede = createGanymede({ plugins: [losses, condition && gans] });

describe('modules', () => {
  it('are callable with their options, and all are modules', () => {
    expectTypeOf(hinge({ margin: 64 }).critic).toEqualTypeOf<string>();
    expectTypeOf(tiny({ width: 1 }, { data, batchSize: 2 })).toExtend<Algorithm>();
    expectTypeOf(hinge).toExtend<Module>();
    expectTypeOf(cpu).toExtend<Module>();
    expectTypeOf(losses).toExtend<Plugin>();
    // @ts-expect-error 33 is neither 32 nor 64
    hinge({ margin: 33 });
    // @ts-expect-error an unknown option
    hinge({ margn: 32 });
    // @ts-expect-error an algorithm needs its services
    tiny({ width: 1 });
  });
});

describe('createGanymede', () => {
  it('knows ids, short ids, options and results', () => {
    expectTypeOf(ganymede.create<'hinge'>)
      .parameter(0)
      .toEqualTypeOf<'hinge'>();
    type Ids = Parameters<typeof ganymede.module>[0];
    expectTypeOf<Ids>().toEqualTypeOf<
      | '@ganymede/losses/hinge'
      | 'hinge'
      | '@acme/tiny'
      | '@ganymede/continuous/strict'
      | 'strict'
      | '@ganymede/backend-x/cpu'
      | 'cpu'
    >();
    expectTypeOf(ganymede.create('hinge', { margin: 64 }).critic).toEqualTypeOf<string>();
    expectTypeOf(ganymede.create('@ganymede/losses/hinge')).toEqualTypeOf<
      Loss & { readonly critic: string }
    >();
    // @ts-expect-error unknown id
    ganymede.create('hinj');
    // @ts-expect-error wrong option value
    ganymede.create('hinge', { margin: 33 });
  });

  it('knows what an algorithm may be started with', () => {
    expectTypeOf(ganymede.start('@acme/tiny', { data })).toEqualTypeOf<Promise<Run>>();
    void ganymede.train('@acme/tiny', { data, steps: 1, options: { width: 3 }, backend: 'cpu' });
    void ganymede.train('strict', {
      data,
      options: { width: 3 },
      backend: { id: '@ganymede/backend-x/cpu' },
    });
    // @ts-expect-error not an algorithm
    void ganymede.train('hinge', { data });
    // @ts-expect-error wrong option value
    void ganymede.train('@acme/tiny', { data, options: { width: '3' } });
    // @ts-expect-error wrong option name
    void ganymede.train('@acme/tiny', { data, options: { widht: 3 } });
    // @ts-expect-error an option without default must be given
    void ganymede.train('strict', { data });
    // @ts-expect-error unknown backend
    void ganymede.train('@acme/tiny', { data, backend: 'gpu' });
  });

  it('grows by use, and stays open where plugins are only known at run time', () => {
    const grown = createGanymede({ plugins: [losses] }).use(gans);
    expectTypeOf(grown.create('hinge')).toEqualTypeOf<Loss & { readonly critic: string }>();
    expectTypeOf(grown.start('@acme/tiny', { data })).toEqualTypeOf<Promise<Run>>();
    const open = createGanymede({ plugins: [...dynamic] });
    expectTypeOf(open.create('anything', { a: 1 })).toEqualTypeOf<ReturnType<Module['~make']>>();
    expectTypeOf(open.start('anything', { data, options: { a: 1 } })).toEqualTypeOf<Promise<Run>>();
    expectTypeOf(open.make('loss', 'x', {})).toEqualTypeOf<Loss>();
  });
});
