import * as t from '../index.js';
import {
  distinct,
  elements,
  type Elements,
  fromX,
  given,
  ofX,
  type OperatorCase,
} from '../../test/operator-case.js';

/** Operators that choose among elements, with several results, or that run along a sequence. */
const line = (x: Elements, at: readonly number[], axis: number): { value: number; place: number }[] =>
  Array.from({ length: x.shape[axis] ?? 1 }, (_, place) => ({
    value: x(...at.map((i, a) => (a === axis ? place : i))),
    place,
  }));

const topKCases: readonly OperatorCase[] = [
  { shape: [2, 5], k: 3, axis: -1, largest: true },
  { shape: [4, 3, 2], k: 2, axis: 0, largest: false },
  { shape: [2, 4, 3], k: 4, axis: -2, largest: true },
  { shape: [3], k: 1, axis: 0, largest: true },
  { shape: [2, 1], k: 1, axis: 1, largest: false },
].flatMap(({ shape, k, axis, largest }): OperatorCase[] => {
  const along = axis < 0 ? axis + shape.length : axis;
  const out = shape.map((d, i) => (i === along ? k : d));
  const ranked = (x: Elements, at: readonly number[]) =>
    line(x, at, along).sort((a, b) => (largest ? b.value - a.value : a.value - b.value))[at[along] ?? 0];
  const name = `[${shape}] k ${k} axis ${axis} ${largest ? 'largest' : 'smallest'}`;
  return [
    {
      name: `topK values ${name}`,
      inputs: { x: distinct(shape) },
      build: ofX((x) => t.topK(x, k, { axis, largest }).values),
      expected: fromX(out, (x, ...at) => ranked(x, at)?.value ?? Number.NaN),
    },
    {
      name: `topK indices ${name}`,
      inputs: { x: distinct(shape) },
      build: ofX((x) => t.topK(x, k, { axis, largest }).indices),
      expected: fromX(out, (x, ...at) => ranked(x, at)?.place ?? Number.NaN),
      notDifferentiable: 'indices',
    },
  ];
});

export const sequenceCases: readonly OperatorCase[] = [
  ...topKCases,
  {
    name: 'topK values and indices together',
    inputs: { x: distinct([2, 4]) },
    build: ofX((x) => {
      const { values, indices } = t.topK(t.mul(x, x), 2);
      return t.mul(values, t.add(t.cast(indices, x.dtype), 1));
    }),
    expected: fromX([2, 2], (x, i = 0, j = 0) => {
      const squares = line(x, [i, 0], 1).map(({ value, place }) => ({ value: value ** 2, place }));
      const best = squares.sort((a, b) => b.value - a.value)[j];
      return (best?.value ?? 0) * ((best?.place ?? 0) + 1);
    }),
  },
  {
    name: 'topK of integers with ties, none of an empty line',
    inputs: { x: given('int64', [1, 4], [3, 5, 5, 1]) },
    build: ofX((x) =>
      t.concat([t.topK(x, 3).indices, t.topK(x, 3).values, t.topK(x.slice(1, 0, 0), 0).indices], 1),
    ),
    expected: () => elements([1, 6], (_, j = 0) => [1, 2, 0, 5, 5, 3][j] ?? 0),
    notDifferentiable: 'integers',
  },
];
