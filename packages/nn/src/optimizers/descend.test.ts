import { createStepContext } from '@ganymede/core';
import { evaluate, input, numbersOf, type Tensor, valueOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { descend } from './descend.js';
import { sgd } from './sgd.js';

it('moves each parameter against its own gradient and leaves those without one', () => {
  const { ctx } = createStepContext({ training: true });
  const params = { a: input('a', [2]), deep: { b: input('b', [1]), c: input('c', [1]) } };
  const loss = params.a.square().sum().add(params.deep.b.mul(3).sum());
  const optimizer = sgd({ rate: 0.1 });
  const slots = optimizer.init({});
  const { params: next } = descend(optimizer, loss, params, slots as never, ctx);
  const { deep } = next as { deep: Record<'b' | 'c', Tensor> };
  const feeds = { a: valueOf([1, -2]), b: valueOf([5]), c: valueOf([7]), 'scalar/rate': valueOf(0.1) };
  const results = evaluate({ a: next.a as Tensor, b: deep.b, c: deep.c }, feeds);
  expect(numbersOf(results.a!).map((x) => x.toFixed(6))).toEqual(['0.800000', '-1.600000']);
  expect(numbersOf(results.b!)[0]).toBeCloseTo(4.7, 6);
  expect(numbersOf(results.c!)).toEqual([7]);
});
