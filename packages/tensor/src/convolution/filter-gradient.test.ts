import { describe, expect, it } from 'vitest';
import * as t from '../index.js';
import { between, valueOfSample } from '../../test/operator-case.js';
import { filterGradientByColumns } from './filter-gradient-columns.js';
import { filterGradientByDilatedConv } from './filter-gradient-dilated.js';
import { filterGradient } from './filter-gradient.js';
import { windowOf } from './geometry.js';

const problems = [
  { name: '1x1', large: [2, 3, 3, 3], small: [2, 2, 3, 3], kernel: [1, 1], options: {} },
  {
    name: 'k4 s2 p1',
    large: [2, 2, 6, 6],
    small: [2, 3, 3, 3],
    kernel: [4, 4],
    options: { strides: 2, pads: 1 },
  },
  {
    name: 'k3 s2 with a rest',
    large: [1, 2, 6, 7],
    small: [1, 2, 3, 3],
    kernel: [3, 3],
    options: { strides: 2, pads: [1, 0, 0, 0] },
  },
  { name: 'k2 d2', large: [2, 1, 5, 5], small: [2, 2, 3, 3], kernel: [2, 2], options: { dilations: 2 } },
  { name: '1-D', large: [2, 2, 8], small: [2, 2, 4], kernel: [3], options: { strides: 2, pads: 1 } },
];

describe.each(problems)('$name', ({ large, small, kernel, options }) => {
  const problem = {
    large: t.input('large', large, 'float64'),
    small: t.input('small', small, 'float64'),
    kernel,
    group: 1,
    ...windowOf(options, kernel.length, 'test', () => []),
  };
  const feeds = {
    large: valueOfSample(between(large), 'float64'),
    small: valueOfSample(between(small), 'float64'),
  };

  it('is the same in all forms, and so are its derivatives', () => {
    const [a, b] = [filterGradientByColumns(problem), filterGradientByDilatedConv(problem)];
    expect(a.shape).toEqual(b.shape);
    const weights = t.constant(valueOfSample(between(a.shape.map(Number)), 'float64'));
    const derivatives = (filter: t.Tensor): t.Tensor[] =>
      t.grad(t.sum(t.mul(t.tanh(filter), weights)), [problem.large, problem.small]);
    const values: Record<string, t.Value> = t.evaluate(
      { a, b, ...named('a', derivatives(a)), ...named('b', derivatives(b)) },
      feeds,
    );
    for (const suffix of ['', '0', '1']) {
      const [x, y] = [
        t.numbersOf(values[`a${suffix}`] as t.Value),
        t.numbersOf(values[`b${suffix}`] as t.Value),
      ];
      for (const [i, element] of x.entries()) expect(element).toBeCloseTo(y[i] as number, 10);
    }
  });
});

const named = (prefix: string, list: readonly t.Tensor[]): Record<string, t.Tensor> =>
  Object.fromEntries(list.map((x, i) => [`${prefix}${i}`, x]));

it('is chosen by shape', () => {
  const build = (batch: number, group: number): string[] => {
    const problem = {
      large: t.input('large', [batch, 4, 64, 64]),
      small: t.input('small', [batch, 4, 64, 64]),
      kernel: [3, 3],
      group,
      ...windowOf({ pads: 1 }, 2, 'test', () => []),
    };
    return t.graph({ outputs: { y: filterGradient(problem) } }).nodes.map(({ operator }) => operator.name);
  };
  expect(build(2, 1)).toContain('Gemm');
  expect(build(2, 2)).toContain('Conv');
  // The columns would take more than a gigabyte.
  expect(build(4096, 1)).toContain('Conv');
});
