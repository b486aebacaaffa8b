import { conv, convTranspose, gemm, graph, input, matmul, type Tensor } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { floatingPointOperations } from './operations.js';

const count = (y: Tensor): number => floatingPointOperations(graph({ outputs: { y } }));

it('counts a multiplication and an addition for each term of a product', () => {
  expect(count(matmul(input('a', [2, 3, 4]), input('b', [4, 5])))).toBe(2 * 2 * 3 * 5 * 4);
  expect(count(gemm(input('a', [4, 3]), input('b', [4, 5]), { transA: true }))).toBe(2 * 3 * 5 * 4);
  const x = input('x', [2, 6, 8, 8]);
  expect(count(conv(x, input('w', [10, 3, 4, 4]), { strides: 2, pads: 1, group: 2 }))).toBe(
    2 * 2 * 10 * 16 * 48,
  );
  expect(count(convTranspose(x, input('w', [6, 5, 4, 4]), { strides: 2, pads: 1 }))).toBe(
    2 * 2 * 6 * 64 * 80,
  );
  expect(count(x.square())).toBe(0);
});
