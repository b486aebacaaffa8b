import { expect, it } from 'vitest';
import * as t from './index.js';
import { normalizeAxes, normalizeAxis } from './shape.js';

const x = t.input('x', [2, 3]);

it.each([
  [
    'softmax',
    () => t.softmax(x, 2),
    'Softmax in head: axis 2 does not exist in [2, 3]\n  use an axis from -2 to 1',
  ],
  ['sum', () => t.sum(x, [0, -3]), 'ReduceSum in head: axis -3 does not exist in [2, 3]'],
  ['mean of a scalar', () => t.mean(t.constant(1), 1), 'does not exist in []\n  a scalar has no axes'],
  ['a rank alone', () => normalizeAxis(3, 2, 'Pad'), 'Pad: axis 3 does not exist in a tensor of rank 2'],
])('an axis that is not there is told with operator, layer and shape: %s', (_, make, says) => {
  expect(() => t.scope<unknown>('head', make)).toThrow(
    expect.objectContaining({ code: 'GANYMEDE_AXIS', message: expect.stringContaining(says) }),
  );
});

it('takes a shape or a rank', () => {
  expect([normalizeAxis(-1, ['N', 3], 'x'), normalizeAxis(-1, 2, 'x')]).toEqual([1, 1]);
  expect([normalizeAxes(undefined, ['N', 3], 'x'), normalizeAxes(undefined, 2, 'x')]).toEqual([
    [0, 1],
    [0, 1],
  ]);
});
