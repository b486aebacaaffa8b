import { valueOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { createHeldState } from './held-state.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';

const initial = {
  'net/kernel': valueOf([1]),
  'net/bias': valueOf([2]),
  'a/10': valueOf([3]),
  'a/9': valueOf([4]),
};

it('has the order of a checkpoint, whatever the order it began with', () => {
  const resumed = decodeSafetensors(encodeSafetensors(initial)).tensors;
  const reversed = Object.fromEntries(Object.entries(initial).reverse());
  const orders = [initial, reversed, resumed].map((state) => Object.keys(createHeldState(state).types));
  expect(orders[0]).toEqual(['a/10', 'a/9', 'net/bias', 'net/kernel']);
  expect(orders[1]).toEqual(orders[0]);
  expect(orders[2]).toEqual(orders[0]);
});
