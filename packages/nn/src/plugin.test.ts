import { describe, expect, it } from 'vitest';
import { nn } from './plugin.js';

describe('plugin nn', () => {
  it('lists the optimizers by id', () => {
    expect(nn.modules.map(({ kind, id }) => [kind, id])).toEqual([
      ['optimizer', '@ganymede/nn/adam'],
      ['optimizer', '@ganymede/nn/adamw'],
      ['optimizer', '@ganymede/nn/optimistic-adam'],
      ['optimizer', '@ganymede/nn/rmsprop'],
      ['optimizer', '@ganymede/nn/sgd'],
      ['optimizer', '@ganymede/nn/optimistic-sgd'],
    ]);
  });
});
