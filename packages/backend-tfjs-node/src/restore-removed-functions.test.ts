import { createRequire } from 'node:module';
import util from 'node:util';
import { expect, it } from 'vitest';
import { restoreRemovedFunctions } from './restore-removed-functions.js';

interface Removed {
  isNullOrUndefined(x: unknown): boolean;
  isArray(x: unknown): boolean;
}

it('puts back what Node 23 removed', () => {
  const target = {} as Removed;
  restoreRemovedFunctions(target);
  expect([null, undefined, 0, ''].map(target.isNullOrUndefined)).toEqual([true, true, false, false]);
  expect([[], {}].map(target.isArray)).toEqual([true, false]);
});

it('leaves what is there alone', () => {
  const isArray = (): boolean => false;
  const target = { isArray };
  restoreRemovedFunctions(target);
  expect(target.isArray).toBe(isArray);
});

it('is seen by packages that require node:util', () => {
  restoreRemovedFunctions();
  const required = createRequire(import.meta.url)('util') as Removed;
  expect(required).toBe(util);
  expect(required.isNullOrUndefined(null)).toBe(true);
});
