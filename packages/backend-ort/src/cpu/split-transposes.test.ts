import { graph, input, type Tensor, transpose } from '@ganymede/tensor';
import { sample } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { expectSameMeaning, operatorCounts } from '../../test/expect-same-meaning.js';
import { splitTransposes } from './split-transposes.js';

const program = (shape: readonly (number | string)[], order: readonly number[]) =>
  graph({ outputs: { y: transpose(input('x', shape), order) as Tensor } });

describe('splitTransposes', () => {
  it.each([
    [
      [40, 3, 5],
      [0, 2, 1],
    ],
    [
      [40, 2, 3, 5],
      [0, 3, 1, 2],
    ],
    [
      [40, 3, 2, 5],
      [0, 2, 3, 1],
    ],
    [
      [8, 5, 3, 4],
      [0, 1, 3, 2],
    ],
  ])('turns many matrices %j by %j at once', (shape, order) => {
    const plain = program(shape, order);
    expect(operatorCounts(splitTransposes(plain))).toMatchObject({ Transpose: 1, Gather: 1 });
    expectSameMeaning(plain, splitTransposes(plain), { x: sample(shape, 1) });
  });

  it.each([
    ['a single matrix', [40, 30], [1, 0]],
    ['few', [8, 30, 30], [0, 2, 1]],
    ['axes that move apart', [40, 3, 4, 5], [0, 3, 2, 1]],
    ['rows that stay whole', [40, 3, 5], [1, 0, 2]],
    ['axes of size 1', [40, 1, 5], [0, 2, 1]],
    ['a size with a name', ['N', 3, 5], [0, 2, 1]],
  ])('leaves %s', (_, shape, order) => {
    const plain = program(shape, order);
    expect(splitTransposes(plain)).toBe(plain);
  });
});
