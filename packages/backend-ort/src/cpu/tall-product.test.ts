import { conv, gemm, graph, input, optimize, type Tensor } from '@ganymede/tensor';
import { sample } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { expectSameMeaning } from '../../test/expect-same-meaning.js';
import { lowerForCpu } from './lower-for-cpu.js';

const product = (rows: number, a: number, b: number) =>
  graph({
    outputs: {
      y: gemm(input('a', [rows, a], 'float32'), input('b', [rows, b], 'float32'), { transA: true }),
      other: conv(input('x', [1, 1, 2, 2], 'float32'), input('w', [1, 1, 1, 1], 'float32')),
    },
  });
const columnsOf = (program: ReturnType<typeof product>) => {
  const gemms = optimize(lowerForCpu(program)).nodes.filter(
    (x: Tensor) => x.operator.name === 'Gemm' && x.shape[1] !== 1,
  );
  return gemms.map(({ shape }) => shape[1]);
};

describe('tallProduct', () => {
  it.each([
    [1100, 4, 16, 16],
    [1100, 16, 4, 16],
    [1100, 512, 128, 128],
    [1100, 128, 512, 512],
    [100, 16, 4, 4],
  ])('of %d rows, %d by %d, is computed with %d columns', (rows, a, b, columns) => {
    expect(columnsOf(product(rows, a, b))).toEqual([columns]);
  });

  it('means the same', () => {
    const program = product(1100, 9, 4);
    const feeds = {
      a: sample([1100, 9], 1),
      b: sample([1100, 4], 2),
      x: sample([1, 1, 2, 2], 3),
      w: sample([1, 1, 1, 1], 4),
    };
    expectSameMeaning(program, lowerForCpu(program), feeds);
  });
});
