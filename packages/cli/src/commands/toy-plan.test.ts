import { describe, expect, it } from 'vitest';
import { toyConfig, withToyDefaults } from './toy-plan.js';

describe('toyConfig', () => {
  it('--world and --loss are short for --data and --set', () => {
    expect(toyConfig({ world: 'grid', loss: 'r1' }, undefined)).toEqual({
      data: 'world:grid',
      options: { loss: 'r1' },
    });
    expect(toyConfig({}, 'glyphs')).toEqual({});
  });

  it('refuses --world beside --data', () => {
    expect(() => toyConfig({ world: 'grid' }, 'world:ring')).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_USAGE' }),
    );
  });
});

describe('withToyDefaults', () => {
  it('toy: the ring, 3000 iterations of 256, rates that fall over them, one thread', () => {
    expect(withToyDefaults({ algorithm: 'toy', options: { loss: 'ls' } })).toEqual({
      algorithm: 'toy',
      data: 'world:ring',
      steps: 3000,
      batch: 256,
      options: { decay: 3000, loss: 'ls' },
      backendOptions: { threads: 1 },
    });
  });

  it('what was given stays, and other algorithms and backends are left alone', () => {
    const given = {
      algorithm: '@ganymede/continuous/toy',
      data: 'world:grid',
      steps: 10,
      batch: 8,
      options: { decay: 0 },
      backend: 'tfjs-node',
    };
    expect(withToyDefaults(given)).toEqual({ ...given, backendOptions: {} });
    expect(withToyDefaults({ algorithm: 'dcgan' })).toEqual({ algorithm: 'dcgan' });
    expect(withToyDefaults({})).toEqual({});
  });
});
