import type { Tensor } from '@ganymede/tensor';
import { type Elements, elements } from './elements.js';
import type { OperatorCase } from './operator-case.js';
import type { Sample } from './sample.js';

type Rest = Omit<Partial<OperatorCase>, 'name' | 'inputs' | 'build' | 'expected'>;

/** Reads an operand as broadcasting does. */
export const broadcast =
  (x: Elements, rank: number) =>
  (...index: number[]): number =>
    x(...x.shape.map((d, i) => (d === 1 ? 0 : (index[rank - x.shape.length + i] ?? 0))));

/** A row of a function of one tensor, element by element. */
export const unary = (
  name: string,
  f: (x: Tensor) => Tensor,
  closed: (x: number) => number,
  x: Sample,
  rest: Rest = {},
): OperatorCase => ({
  name,
  inputs: { x },
  build: ({ x }) => f(x as Tensor),
  expected: ({ x }) => elements((x as Elements).shape, (...i) => closed((x as Elements)(...i))),
  ...rest,
});

/** Shapes of two operands and of their result: the same, broadcasting both ways, a scalar, sizes 1 and 0. */
const PAIRS: readonly (readonly [number[], number[], number[]])[] = [
  [
    [2, 3],
    [2, 3],
    [2, 3],
  ],
  [
    [2, 1, 3],
    [4, 1],
    [2, 4, 3],
  ],
  [[3], [2, 3], [2, 3]],
  [[2, 2], [], [2, 2]],
  [[1, 1], [1], [1, 1]],
  [[0, 3], [3], [0, 3]],
  [[1], [2, 0], [2, 0]],
];

/** Rows of a function of two tensors, element by element, for every kind of broadcasting. */
export const binary = (
  name: string,
  f: (a: Tensor, b: Tensor) => Tensor,
  closed: (a: number, b: number) => number,
  sample: (shape: readonly number[]) => Sample,
  rest: Rest = {},
): OperatorCase[] =>
  PAIRS.map(([a, b, shape]) => ({
    name: `${name} [${a}] [${b}]`,
    inputs: { a: sample(a), b: sample(b) },
    build: ({ a, b }) => f(a as Tensor, b as Tensor),
    expected: ({ a, b }) =>
      elements(shape, (...i) =>
        closed(broadcast(a as Elements, shape.length)(...i), broadcast(b as Elements, shape.length)(...i)),
      ),
    ...rest,
  }));
