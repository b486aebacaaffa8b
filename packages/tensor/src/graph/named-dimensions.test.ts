import { expect, it } from 'vitest';
import { type Bindings, bindShape, resolveDim, resolveShape } from './named-dimensions.js';

it('learns sizes, multiples included', () => {
  const bindings: Bindings = new Map();
  expect(bindShape(['N', 'H*4', 3], [7, 64, 3], bindings)).toBeUndefined();
  expect(resolveShape(['N*49', 'H*2', 'H', 5], bindings)).toEqual([343, 32, 16, 5]);
  expect(resolveDim('H*N*2', bindings)).toBe(224);
});

it('says what does not fit', () => {
  const bindings: Bindings = new Map([['N', 4]]);
  expect(bindShape(['N'], [4, 1], bindings)).toBe('has rank 2');
  expect(bindShape([3], [4], bindings)).toBe('has size 4 on axis 0');
  expect(bindShape(['H*4'], [6], bindings)).toMatch(/no multiple of 4/);
  expect(bindShape(['N'], [5], bindings)).toMatch(/N is 4 already/);
});

it('refuses a name that nobody gave a size', () => {
  expect(() => resolveDim('T*2', new Map())).toThrow(
    expect.objectContaining({ code: 'GANYMEDE_NAMED_DIMENSION', message: expect.stringContaining('T') }),
  );
});
