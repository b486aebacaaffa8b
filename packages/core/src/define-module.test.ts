import { GanymedeError, type Tensor } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Dataset } from './dataset.js';
import { defineDataset, defineLoss, isModule } from './define-module.js';

const create = ({ b }: { b: number }) => ({
  b,
  discriminator: (real: Tensor) => real,
  generator: (fake: Tensor) => fake,
});
const schema = z.object({
  b: z.number().min(0).max(2).default(1),
  size: z.union([z.literal(28), z.literal(64)]).default(28),
  mode: z.enum(['sum', 'mean']).default('mean'),
  inner: z.object({ alpha: z.number().default(0.5), note: z.string().optional() }).prefault({}),
});
const loss = defineLoss({ id: '@acme/losses/test', summary: 'a test', options: schema, create });

/** The error of a call, as `code: message`. */
function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (GanymedeError.is(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no error';
}

describe('defineLoss', () => {
  it('makes a callable module that completes its options', () => {
    expect(loss().b).toBe(1);
    expect(loss({ b: 0.9 }).b).toBe(0.9);
    expect(loss.id).toBe('@acme/losses/test');
    expect(loss.kind).toBe('loss');
    expect(loss.requires).toEqual([]);
    expect(Object.isFrozen(loss)).toBe(true);
    expect([isModule(loss), isModule(() => 0), isModule({})]).toEqual([true, false, false]);
  });

  // Wrong on purpose: what a config file or a JavaScript program may pass.
  const call = (options: unknown) => refusal(() => loss['~make'](options, undefined));
  it.each<[unknown, string]>([
    [
      { b: 'x' },
      'GANYMEDE_OPTION: @acme/losses/test: option "b": expected number >= 0 and <= 2, received "x"',
    ],
    [{ b: 3 }, 'option "b": expected number >= 0 and <= 2, received 3'],
    [{ size: 33 }, 'option "size": expected 28 | 64, received 33'],
    [{ mode: 'max' }, 'option "mode": expected "sum" | "mean", received "max"'],
    [{ inner: { alpha: null } }, 'option "inner.alpha": expected number, received null'],
    [{ sise: 28 }, 'unknown option "sise"\n  known: b, size, mode, inner\n  did you mean "size"?'],
    [{ inner: { alfa: 1 } }, 'unknown option "inner.alfa"\n  known: alpha, note\n  did you mean "alpha"?'],
    [[], 'the options: expected object, received []'],
    ['text', 'the options: expected object, received "text"'],
  ])('refuses %j', (options, message) => {
    expect(call(options)).toContain(message);
  });

  it('says which keys a strict schema does not know', () => {
    const strict = defineLoss({
      id: '@acme/losses/strict',
      summary: '',
      options: z.strictObject({ beta: z.number().default(1) }),
      create: () => create({ b: 1 }),
    });
    expect(refusal(() => strict['~make']({ betta: 1 }, undefined))).toContain('did you mean "beta"?');
  });

  it('knows the keys of the branch of a union that an option is of', () => {
    const rates = z.union([
      z.number(),
      z.discriminatedUnion('name', [
        z.strictObject({ name: z.literal('linear'), from: z.number().min(0), to: z.number().default(0) }),
        z.strictObject({ name: z.literal('steps'), values: z.array(z.number()) }),
      ]),
    ]);
    const either = defineLoss({
      id: '@acme/losses/either',
      summary: '',
      options: z.object({ rate: rates, players: z.array(z.object({ rate: rates })).default([]) }),
      create: () => create({ b: 1 }),
    });
    const refused = (options: unknown) => refusal(() => either['~make'](options, undefined));
    expect(refused({ rate: { name: 'linear', from: 1, too: 2 } })).toContain(
      'unknown option "rate.too"\n  known: name, from, to\n  did you mean "to"?',
    );
    expect(refused({ rate: 1, players: [{ rate: { name: 'steps', value: 2, values: [] } }] })).toContain(
      'unknown option "players[0].rate.value"\n  known: name, values\n  did you mean "values"?',
    );
    expect(refused({ rate: { name: 'linear', from: -1 } })).toContain(
      'option "rate.from": expected number >= 0, received -1',
    );
    expect(refused({ rate: { name: 'linaer' } })).toMatch(
      /option "rate": expected number \| object.*"linaer"/,
    );
  });

  it('refuses a schema that answers later, and an id of another form', () => {
    const later = defineLoss({
      id: '@acme/losses/later',
      summary: '',
      options: z.object({ b: z.number().refine(async () => true) }),
      create,
    });
    expect(refusal(() => later({ b: 1 }))).toContain('asynchronous');
    expect(refusal(() => defineLoss({ ...{ summary: '', options: schema, create }, id: 'hinge' }))).toMatch(
      /^GANYMEDE_MODULE_ID/,
    );
  });
});

describe('defineDataset', () => {
  const dataset = (): Dataset => ({
    summary: 'none',
    length: 0,
    fields: {},
    read: async () => ({}),
    hash: async () => '',
  });
  const options = z.object({ size: z.number().default(28) });

  it('notes how the dataset was made', async () => {
    const now = defineDataset({ id: '@acme/data/now', summary: '', options, create: () => dataset() });
    const later = defineDataset({
      id: '@acme/data/later',
      summary: '',
      options,
      create: async () => dataset(),
    });
    expect(now().source).toEqual({ id: '@acme/data/now', options: { size: 28 } });
    expect((await later({ size: 3 })).source).toEqual({ id: '@acme/data/later', options: { size: 3 } });
  });

  it('leaves a source that the dataset brings', () => {
    const source = { id: '@acme/data/other', options: 1 };
    const own = defineDataset({
      id: '@acme/data/own',
      summary: '',
      options,
      create: () => ({ ...dataset(), source }),
    });
    expect(own().source).toBe(source);
  });
});
