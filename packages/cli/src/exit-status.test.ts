import { GanymedeError } from '@ganymede/core';
import { expect, it } from 'vitest';
import { exitStatusOf } from './exit-status.js';

it.each([
  ['GANYMEDE_USAGE', 2],
  ['GANYMEDE_OPTION', 2],
  ['GANYMEDE_CONFIG', 2],
  ['GANYMEDE_UNKNOWN_ALGORITHM', 2],
  ['GANYMEDE_BATCH_TOO_LARGE', 2],
  ['GANYMEDE_RUN_EXISTS', 2],
  ['GANYMEDE_DATA_MISSING', 1],
  ['GANYMEDE_NON_FINITE', 1],
  ['GANYMEDE_DISK_FULL', 1],
  ['GANYMEDE_UNKNOWN_STATE', 1],
])('%s exits with %d', (code, status) => {
  expect(exitStatusOf(new GanymedeError(code as 'GANYMEDE_USAGE', { message: 'x' }))).toBe(status);
});

it('counts anything else as a failure', () => {
  expect(exitStatusOf(new Error('x'))).toBe(1);
  expect(exitStatusOf(undefined)).toBe(1);
});
