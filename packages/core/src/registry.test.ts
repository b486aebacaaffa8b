import { GanymedeError, type Tensor } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createGanymede } from './create-ganymede.js';
import { defineLoss, defineRegularizer } from './define-module.js';
import { definePlugin } from './define-plugin.js';
import type { Plugin } from './module.js';

const loss = (id: string, requires: readonly string[] = []) =>
  defineLoss({
    id,
    summary: id,
    options: z.object({ b: z.number().default(1) }),
    requires,
    create: ({ b }) => ({ b, discriminator: (real: Tensor) => real, generator: (fake: Tensor) => fake }),
  });
const penalty = (id: string) =>
  defineRegularizer({
    id,
    summary: id,
    options: z.object({}),
    create: () => ({ name: id, penalty: ({ real }) => real }),
  });
const plugin = (name: string, ...modules: Plugin['modules']) =>
  definePlugin({ name, apiVersion: 1, modules });

const losses = plugin('@ganymede/losses', loss('@ganymede/losses/hinge'), penalty('@ganymede/losses/r1'));
const acme = plugin('@acme/extra', loss('@acme/extra/hinge'));

function refusal(call: () => unknown): GanymedeError {
  try {
    call();
  } catch (error) {
    if (GanymedeError.is(error)) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('createGanymede', () => {
  it('indexes modules by id and short id, leaving out empty slots', () => {
    const ganymede = createGanymede({ plugins: [losses, false, null, undefined, 0, '', acme] });
    expect(ganymede.ids()).toEqual(['@ganymede/losses/hinge', '@ganymede/losses/r1', '@acme/extra/hinge']);
    expect(ganymede.ids('regularizer')).toEqual(['@ganymede/losses/r1']);
    expect(ganymede.resolve('loss', 'hinge')).toBe('@ganymede/losses/hinge');
    expect(ganymede.create('hinge', { b: 3 })).toMatchObject({ b: 3 });
    expect(ganymede.make('loss', '@acme/extra/hinge')).toMatchObject({ b: 1 });
    expect(ganymede.module('r1').kind).toBe('regularizer');
    expect(Object.isFrozen(ganymede)).toBe(true);
  });

  it('gives a new value for one plugin more', () => {
    const one = createGanymede({ plugins: [losses] });
    const two = one.use(acme);
    expect([one.ids().length, two.ids().length]).toEqual([2, 3]);
    expect(refusal(() => two.use(acme)).code).toBe('GANYMEDE_DUPLICATE_ID');
  });

  it('names both plugins of a duplicate id', () => {
    const other = plugin('@acme/copy', loss('@acme/extra/hinge'));
    const error = refusal(() => createGanymede({ plugins: [acme, other] }));
    expect(error.code).toBe('GANYMEDE_DUPLICATE_ID');
    expect(error.message).toContain(
      '"@acme/extra/hinge" is claimed by plugin "@acme/extra" and by plugin "@acme/copy"',
    );
  });

  it('refuses another apiVersion, and what is no plugin', () => {
    const old = { ...acme, apiVersion: 2 } as unknown as Plugin; // As a plugin for another core would be.
    expect(refusal(() => createGanymede({ plugins: [old] }))).toMatchObject({
      code: 'GANYMEDE_API_VERSION',
      data: { plugin: '@acme/extra', received: 2, expected: 1 },
    });
    const broken = { name: 'x', apiVersion: 1, modules: [{ id: 'y' }] } as unknown as Plugin;
    expect(refusal(() => createGanymede({ plugins: [broken] })).code).toBe('GANYMEDE_PLUGIN_INVALID');
  });

  it('says which requirement is missing and where it may come from', () => {
    const needy = plugin('@acme/needy', loss('@acme/needy/x', ['@acme/extra/hinge']));
    const error = refusal(() => createGanymede({ plugins: [needy] }));
    expect(error.code).toBe('GANYMEDE_MISSING_REQUIREMENT');
    expect(error.message).toContain('"@acme/needy/x" of plugin "@acme/needy" needs "@acme/extra/hinge"');
    expect(error.hint).toContain('install "@acme/extra"');
    expect(createGanymede({ plugins: [needy, acme] }).ids().length).toBe(2);
  });

  it('answers an unknown id with what there is, where it is from, and the nearest', () => {
    const ganymede = createGanymede({ plugins: [losses, acme] });
    const error = refusal(() => ganymede.resolve('loss', 'hinj'));
    expect(error.code).toBe('GANYMEDE_UNKNOWN_LOSS');
    expect(error.message).toBe(
      'no loss "hinj".\n  known: hinge, @acme/extra/hinge   from: @ganymede/losses, @acme/extra\n  did you mean "hinge"?',
    );
    expect(refusal(() => ganymede.resolve('algorithm', 'dcgan')).message).toContain('known: none');
    expect(refusal(() => ganymede.resolve('loss', 'r1')).code).toBe('GANYMEDE_UNKNOWN_LOSS');
    expect(refusal(() => ganymede.resolve('loss', '@ganymede/losses/r1')).message).toContain(
      'is a regularizer',
    );
    expect(refusal(() => ganymede.resolve('loss', '@other/pkg/x')).message).toContain(
      'if it comes from "@other/pkg"',
    );
  });

  it('asks for the whole id where a short one is not enough', () => {
    const ganymede = createGanymede({
      plugins: [losses, plugin('@ganymede/more', penalty('@ganymede/more/hinge'))],
    });
    expect(refusal(() => ganymede.create('hinge' as '@ganymede/more/hinge')).code).toBe(
      'GANYMEDE_AMBIGUOUS_ID',
    );
    expect(ganymede.resolve('loss', 'hinge')).toBe('@ganymede/losses/hinge');
    expect(
      refusal(() => createGanymede({ plugins: [acme] }).create('hinge' as '@acme/extra/hinge')).code,
    ).toBe('GANYMEDE_UNKNOWN_MODULE');
  });
});
