import { expect, test } from 'vitest';
import { conv, convTranspose, input } from '../index.js';
import { windowAttributes } from './window-attributes.js';

const x = input('x', [2, 4, 9, 9]);

test('a convolution gives its window, every entry written out', () => {
  const made = conv(x, input('w', [6, 2, 3, 3]), { strides: 2, pads: [1, 0], dilations: [1, 2], group: 2 });
  expect(windowAttributes(made)).toEqual({
    strides: [2, 2],
    pads: [1, 0, 1, 0],
    dilations: [1, 2],
    group: 2,
  });
});

test('so does a transposed one', () => {
  const made = convTranspose(x, input('w', [4, 3, 4, 4]), { strides: 2, pads: 1 });
  expect(windowAttributes(made)).toEqual({
    strides: [2, 2],
    pads: [1, 1, 1, 1],
    dilations: [1, 1],
    group: 1,
  });
});
