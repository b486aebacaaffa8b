import * as t from '../index.js';
import {
  between,
  type Elements,
  elements,
  given,
  indices,
  type OperatorCase,
} from '../../test/operator-case.js';
import { torchCase } from '../../test/torch-case.js';

/** An equation without ellipsis by its definition: a sum over all letters. */
function summed(equation: string, operands: readonly Elements[]): Elements {
  const [left = '', output = ''] = equation.split('->');
  const terms = left.split(',');
  const sizes: Record<string, number> = {};
  terms.forEach((term, i) => {
    [...term].forEach((letter, axis) => {
      sizes[letter] = Math.max(sizes[letter] ?? 1, operands[i]?.shape[axis] ?? 1);
    });
  });
  const inner = Object.keys(sizes).filter((letter) => !output.includes(letter));
  return elements(
    [...output].map((letter) => sizes[letter] ?? 1),
    (...at) =>
      indices(inner.map((letter) => sizes[letter] ?? 1)).reduce((total, rest) => {
        const place = (letter: string): number =>
          (output.includes(letter) ? at[output.indexOf(letter)] : rest[inner.indexOf(letter)]) ?? 0;
        const factors = terms.map(
          (term, i) =>
            operands[i]?.(
              ...[...term].map((letter, axis) => ((operands[i]?.shape[axis] ?? 1) === 1 ? 0 : place(letter))),
            ) ?? Number.NaN,
        );
        return total + factors.reduce((a, b) => a * b, 1);
      }, 0),
  );
}

const listed = <T>(inputs: Readonly<Record<string, T>>): T[] => Object.values(inputs);

/** The equation, the shapes, and the same equation with letters for its ellipsis. */
const equations: readonly (readonly [string, readonly (readonly number[])[], string?])[] = [
  [
    'ij,jk->ik',
    [
      [2, 3],
      [3, 4],
    ],
  ],
  [
    'ij,kj->ik',
    [
      [2, 3],
      [4, 3],
    ],
  ],
  [
    'ij,jk',
    [
      [2, 3],
      [3, 4],
    ],
    'ij,jk->ik',
  ],
  [
    'bhqd,bhkd->bhqk',
    [
      [2, 2, 3, 4],
      [2, 2, 2, 4],
    ],
  ],
  [
    'bhqk,bhkd->bqhd',
    [
      [2, 2, 3, 2],
      [2, 2, 2, 3],
    ],
  ],
  ['i,i->', [[4], [4]]],
  ['i,j->ji', [[2], [3]]],
  [
    'bi,bi->b',
    [
      [3, 2],
      [3, 2],
    ],
  ],
  ['ii->i', [[3, 3]]],
  ['ii', [[3, 3]], 'ii->'],
  ['iji->j', [[2, 3, 2]]],
  ['ij->ji', [[2, 3]]],
  ['ijk->j', [[2, 3, 2]]],
  [
    'bij,bjk,bkl->bil',
    [
      [2, 2, 3],
      [2, 3, 2],
      [2, 2, 1],
    ],
  ],
  [
    'ab,cd->acbd',
    [
      [2, 3],
      [1, 2],
    ],
  ],
  [
    'ijk,jil->kl',
    [
      [2, 3, 2],
      [3, 2, 4],
    ],
  ],
  [
    '...ij,...jk->...ik',
    [
      [2, 1, 2, 3],
      [3, 3, 2],
    ],
    'xyij,yjk->xyik',
  ],
  ['...i,i->...', [[2, 3, 4], [4]], 'xyi,i->xy'],
  ['i...->...i', [[2, 3, 4]], 'ixy->xyi'],
];

const einsumCases: readonly OperatorCase[] = equations.map(
  ([equation, shapes, plain = equation]): OperatorCase => ({
    name: `einsum ${equation}`,
    inputs: Object.fromEntries(shapes.map((shape, i) => ['abcd'[i] ?? '', between(shape)])),
    build: (inputs) => t.einsum(equation, ...listed(inputs)),
    expected: (inputs) => summed(plain, listed(inputs)),
  }),
);

const decompositionCases: readonly OperatorCase[] = [
  torchCase('matrices', 'root', ({ x }) => t.matrixSquareRoot(x as t.Tensor)),
  torchCase('matrices', 'inverseRoot', ({ x }) => t.matrixInverseSquareRoot(x as t.Tensor)),
  torchCase('matrices', 'cholesky', ({ x }) => t.cholesky(x as t.Tensor)),
  torchCase('matrices', 'inverse', ({ x }) => {
    const l = t.cholesky(x as t.Tensor);
    const identity = t.eye(3, l.dtype);
    return t.solveTriangular(l, t.solveTriangular(l, identity), { transposed: true });
  }),
  torchCase('matrices', 'logDeterminant', ({ x }) =>
    t.mul(t.sum(t.log(t.einsum('bii->bi', t.cholesky(x as t.Tensor))), 1), 2),
  ),
  torchCase('triangular', 'solved', ({ x, b }) => t.solveTriangular(x as t.Tensor, b as t.Tensor)),
  torchCase('spectral norm', 'y', ({ x }) => t.spectralNorm(x as t.Tensor)),
  torchCase('spectral norm', 'y', ({ x }) => t.spectralNorm(t.transpose(x as t.Tensor)), { name: 'wide' }),
];

/** Products by an equation, and what is computed from matrices. */
export const matrixCases: readonly OperatorCase[] = [
  ...einsumCases,
  ...decompositionCases,
  {
    name: 'einsum of integers',
    inputs: { a: given('int32', [2], [3, 4]), b: given('int32', [2], [5, 6]) },
    build: ({ a, b }) => t.einsum('i,i->', a as t.Tensor, b as t.Tensor),
    expected: () => elements([], () => 39),
    notDifferentiable: 'integers',
  },
];
