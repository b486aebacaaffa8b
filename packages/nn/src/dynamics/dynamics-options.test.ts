import { describe, expect, it } from 'vitest';
import { dynamicsNames, dynamicsOf, dynamicsOptions } from './dynamics-options.js';

describe('dynamicsOptions', () => {
  it('reads every name', () => {
    const names = dynamicsNames.map((name) => dynamicsOf(dynamicsOptions().parse(name)).name);
    expect(names).toEqual([
      'in-turn',
      'simultaneous',
      'extragradient',
      'consensus',
      'symplectic',
      'unrolled',
      'joint-lookahead',
    ]);
  });

  it('reads options, and refuses what does not belong to the name', () => {
    const read = (options: unknown) => dynamicsOf(dynamicsOptions().parse(options));
    expect(read({ name: 'consensus', strength: 1 }).name).toBe('consensus');
    expect(read({ name: 'lookahead', every: 3, rate: 0.8 }).name).toBe('joint-lookahead');
    expect(() => read({ name: 'extragradient', strength: 1 })).toThrow();
    expect(() => read('extra')).toThrow();
    expect(() => read({ name: 'unrolled', steps: 0 })).toThrow();
  });
});
