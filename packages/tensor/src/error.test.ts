import { expect, it } from 'vitest';
import { GanymedeError } from './error.js';

const error = new GanymedeError('GANYMEDE_TEST', {
  message: 'expected "a", got "b"',
  hint: 'use "a"',
  data: { known: ['a'] },
  cause: 'because',
});

it('carries code, message with hint, data and cause', () => {
  expect(error.code).toBe('GANYMEDE_TEST');
  expect(error.message).toBe('expected "a", got "b"\n  use "a"');
  expect([error.hint, error.data, error.cause]).toEqual(['use "a"', { known: ['a'] }, 'because']);
  expect(new GanymedeError('GANYMEDE_TEST', { message: 'short' }).message).toBe('short');
});

it('is recognised by its brand, whichever copy of the package made it', () => {
  expect(GanymedeError.is(error)).toBe(true);
  expect(GanymedeError.is(error, 'GANYMEDE_TEST')).toBe(true);
  expect(GanymedeError.is(error, 'GANYMEDE_OTHER')).toBe(false);
  const foreign = { [Symbol.for('@ganymede/tensor/error')]: true, code: 'GANYMEDE_TEST' };
  expect(GanymedeError.is(foreign, 'GANYMEDE_TEST')).toBe(true);
  for (const other of [new Error('x'), null, 'GANYMEDE_TEST', undefined])
    expect(GanymedeError.is(other)).toBe(false);
});
