import * as t from '../index.js';
import {
  between,
  distinct,
  elements,
  type Elements,
  fromX,
  given,
  ofX,
  type OperatorCase,
} from '../../test/operator-case.js';
import { torchCase } from '../../test/torch-case.js';

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

/** h' = tanh(h·w + x), element by element of a sequence. */
function recurrence(h0: Elements, x: Elements, w: Elements, backwards: boolean): number[][] {
  const [steps = 0, units = 0] = x.shape;
  let h = Array.from({ length: units }, (_, i) => h0(i));
  const all: number[][] = [];
  for (let k = 0; k < steps; k++) {
    const at = backwards ? steps - 1 - k : k;
    const before = h;
    h = before.map((_, i) => Math.tanh(before.reduce((sum, v, j) => sum + v * w(j, i), 0) + x(at, i)));
    all[at] = h;
  }
  return all;
}

const scanCases: readonly OperatorCase[] = [
  ...[false, true].flatMap((reverse): OperatorCase[] => {
    const inputs = { h: between([2]), x: between([4, 2]), w: between([2, 2]) };
    const run = ({ h, x, w }: Readonly<Record<string, t.Tensor>>) =>
      t.scan({ init: [h as t.Tensor], sequences: [x as t.Tensor], reverse }, ([state], [element]) => {
        const next = t.tanh(
          t.add(t.matmul(state as t.Tensor, t.transpose(t.transpose(w as t.Tensor))), element as t.Tensor),
        );
        return { state: [next], outputs: [next, t.mul(next, 2)] };
      });
    const computed = ({ h, x, w }: Readonly<Record<string, Elements>>) =>
      recurrence(h as Elements, x as Elements, w as Elements, reverse);
    return [
      {
        name: `scan outputs${reverse ? ' in reverse' : ''}`,
        inputs,
        build: (i) => run(i).outputs[0] as t.Tensor,
        expected: (i) => elements([4, 2], (k = 0, j = 0) => computed(i)[k]?.[j] ?? 0),
      },
      {
        name: `scan state and outputs${reverse ? ' in reverse' : ''}`,
        inputs,
        build: (i) => {
          const { state, outputs } = run(i);
          return t.add(t.mul(outputs[1] as t.Tensor, state[0] as t.Tensor), outputs[0] as t.Tensor);
        },
        expected: (i) =>
          elements([4, 2], (k = 0, j = 0) => {
            const all = computed(i);
            const last = all[reverse ? 0 : 3]?.[j] ?? 0;
            return 2 * (all[k]?.[j] ?? 0) * last + (all[k]?.[j] ?? 0);
          }),
      },
    ];
  }),
  {
    name: 'scan without sequences, of a scalar and a counter',
    inputs: { x: between([]) },
    build: ofX((x) => {
      const { state } = t.scan({ init: [x, t.constant(0, 'int64')], length: 3 }, ([y, n]) => ({
        state: [t.mul(t.mul(y as t.Tensor, x), 2), t.add(n as t.Tensor, 1)],
      }));
      return t.mul(state[0] as t.Tensor, t.cast(state[1] as t.Tensor, x.dtype));
    }),
    expected: fromX([], (x) => 3 * 8 * x() ** 4),
  },
  {
    name: 'scan of a scan',
    inputs: { x: between([2, 3]), w: between([]) },
    build: ({ x, w }) =>
      t.scan(
        { init: [t.constant(t.filled([], 1, x?.dtype ?? 'float32'))], sequences: [x as t.Tensor] },
        ([s], [row]) => {
          const inner = t.scan({ init: [s as t.Tensor], sequences: [row as t.Tensor] }, ([v], [e]) => ({
            state: [t.add(t.mul(v as t.Tensor, w as t.Tensor), t.mul(e as t.Tensor, e as t.Tensor))],
          }));
          return { state: [inner.state[0] as t.Tensor], outputs: [inner.state[0] as t.Tensor] };
        },
      ).outputs[0] as t.Tensor,
    expected: ({ x, w }) =>
      elements([2], (k = 0) => {
        let v = 1;
        for (let i = 0; i <= k; i++) for (let j = 0; j < 3; j++) v = v * (w?.() ?? 0) + (x?.(i, j) ?? 0) ** 2;
        return v;
      }),
  },
];

const recurrentCases: readonly OperatorCase[] = (
  [
    ['forward', 'unrolled'],
    ['forward', 'scan'],
    ['forward', 'fused'],
    ['bidirectional', 'fused'],
  ] as const
).flatMap(([direction, form]): OperatorCase[] => {
  const suffix = direction === 'bidirectional' ? ' bidirectional' : '';
  const lstmOf = ({ x, w, r, ...rest }: Readonly<Record<string, t.Tensor>>) =>
    t.lstm(x as t.Tensor, w as t.Tensor, r as t.Tensor, { ...rest, direction, form });
  const gruOf = ({ x, w, r, ...rest }: Readonly<Record<string, t.Tensor>>) =>
    t.gru(x as t.Tensor, w as t.Tensor, r as t.Tensor, { ...rest, direction, form });
  return [
    torchCase(`lstm${suffix}`, 'y', (i) => lstmOf(i).outputs, { name: form }),
    torchCase(`lstm${suffix}`, 'c', (i) => lstmOf(i).c, { name: form }),
    torchCase(`gru${suffix}`, 'y', (i) => gruOf(i).outputs, { name: form }),
    torchCase(`gru${suffix}`, 'h', (i) => gruOf(i).h, { name: form }),
  ];
});

export const sequenceCases: readonly OperatorCase[] = [
  ...topKCases,
  ...recurrentCases,
  ...scanCases,
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
