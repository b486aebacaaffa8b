import { expect, it } from 'vitest';
import { currentScope, scope, scopeAt, site } from './scope.js';
import { input } from './operators/input.js';

it('nests, and names what is made inside', () => {
  const x = scope('generator', () => scope('block1', () => input('x', [2])));
  expect(x.scope).toBe('generator/block1');
  expect(x.add(1).scope).toBe('');
});

it('ends when building fails', () => {
  expect(() =>
    scope('a', () => {
      throw new Error('broken');
    }),
  ).toThrow('broken');
  expect(currentScope()).toBe('');
});

it('can be replaced', () => {
  scope('a', () => {
    expect(scopeAt('b/c', currentScope)).toBe('b/c');
    expect([currentScope(), site('Add')]).toEqual(['a', 'Add in a']);
  });
  expect(site('Add')).toBe('Add');
});
