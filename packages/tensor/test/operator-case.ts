import { allocate, type Dtype, isFloating } from '../src/dtype.js';
import { grad } from '../src/gradient/grad.js';
import { type Graph, graph } from '../src/graph/graph.js';
import { constant } from '../src/operators/constant.js';
import { input } from '../src/operators/input.js';
import { mul } from '../src/operators/mul.js';
import { sum } from '../src/operators/reduce-sum.js';
import type { Tensor } from '../src/tensor.js';
import { type Value, value } from '../src/value.js';

/** An array read by its indices: what closed forms in the operator table are written with. */
export interface Elements {
  readonly shape: readonly number[];
  (...index: readonly number[]): number;
}

/** Values given to one input of a case. Floating ones come as float64 or float32, as the test asks. */
export interface Sample {
  readonly shape: readonly number[];
  readonly numbers: readonly number[];
  /** Set for inputs that are not floating. */
  readonly dtype?: Dtype;
}

/** One row of the operator table. */
export interface OperatorCase {
  readonly name: string;
  readonly inputs: Readonly<Record<string, Sample>>;
  readonly build: (inputs: Readonly<Record<string, Tensor>>) => Tensor;
  /** What `build` must compute, written without the language. */
  readonly expected: (inputs: Readonly<Record<string, Elements>>) => Elements;
  /** Why no derivative is checked: the operator has none, or is not smooth. */
  readonly notDifferentiable?: string;
}

/** An array computed from its indices. */
export function elements(shape: readonly number[], at: (...index: number[]) => number): Elements {
  return Object.assign((...index: readonly number[]) => at(...index), { shape });
}

/** A sum over `0 … n-1`. */
export function sigma(n: number, term: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += term(i);
  return total;
}

/** Why operators with steps are not differentiated. */
export const STEP = 'a step function: its derivative is 0 or does not exist';

/** Builds from the input `x` only. */
export const ofX =
  (f: (x: Tensor) => Tensor) =>
  ({ x }: Readonly<Record<string, Tensor>>): Tensor =>
    f(x as Tensor);

/** A closed form in the elements of the input `x` only. */
export const fromX =
  (shape: readonly number[], f: (x: Elements, ...index: number[]) => number) =>
  ({ x }: Readonly<Record<string, Elements>>): Elements =>
    elements(shape, (...index) => f(x as Elements, ...index));

/** All indices of a shape, the last running fastest. */
export function indices(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (all, n) => all.flatMap((at) => Array.from({ length: n }, (_, i) => [...at, i])),
    [[]],
  );
}

/** Elements as plain numbers, row-major. */
export const flat = (x: Elements): number[] => indices(x.shape).map((index) => x(...index));

/** A sample as an array read by its indices. */
export function elementsOf({ shape, numbers }: Sample): Elements {
  return elements(shape, (...index) => {
    const offset = index.reduce((at, i, axis) => at * (shape[axis] ?? 1) + i, 0);
    return numbers[offset] ?? Number.NaN;
  });
}

/** A sample as a value; `floating` is the dtype of those that are. */
export function valueOfSample({ shape, numbers, dtype }: Sample, floating: Dtype): Value {
  const data = allocate(dtype ?? floating, numbers.length);
  for (const [i, x] of numbers.entries()) {
    if (data instanceof BigInt64Array) data[i] = BigInt(x);
    else data[i] = x;
  }
  return value<Dtype>(dtype ?? floating, shape, data);
}

let state = 1;

/** The next of a fixed sequence of numbers in [0, 1): cases are the same on every run. */
export function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

/** Random numbers between two bounds. */
export const between = (shape: readonly number[], low = -1, high = 1): Sample => ({
  shape,
  numbers: indices(shape).map(() => low + (high - low) * random()),
});

/** Random numbers between -1 and 1 that are at least `gap` away from 0, where some operators have a corner. */
export const awayFromZero = (shape: readonly number[], gap = 0.1): Sample => ({
  shape,
  numbers: indices(shape).map(() => (random() < 0.5 ? -1 : 1) * (gap + (1 - gap) * random())),
});

/** All different numbers, at least 0.05 apart, in random order: no ties for max. */
export function distinct(shape: readonly number[]): Sample {
  const order = indices(shape).map((_, i) => ({ i, key: random() }));
  order.sort((a, b) => a.key - b.key);
  return { shape, numbers: order.map(({ i }) => (i - order.length / 2) * 0.05 + 0.01) };
}

/** Given numbers of a dtype that is not floating. */
export const given = (dtype: Dtype, shape: readonly number[], numbers: readonly number[]): Sample => ({
  shape,
  numbers,
  dtype,
});

/** A case's inputs as values and tensors. `xs` are the floating ones. */
export function setUp({ inputs, build }: OperatorCase, floating: Dtype) {
  const feeds: Record<string, Value> = {};
  const tensors: Record<string, Tensor> = {};
  for (const [name, sample] of Object.entries(inputs)) {
    const fed = valueOfSample(sample, floating);
    feeds[name] = fed;
    tensors[name] = input(name, fed.shape, fed.dtype);
  }
  const floats = Object.entries(tensors).filter(([, x]) => isFloating(x.dtype));
  return { feeds, y: build(tensors), names: floats.map(([name]) => name), xs: floats.map(([, x]) => x) };
}

/** The sum of the elements of all tensors, each weighted by a fixed random number: one number that depends on all of them. */
export function weightedSum(tensors: readonly Tensor[]): Tensor {
  const parts = tensors.map((x) => {
    const shape = x.shape.map(Number);
    const weights = { shape, numbers: indices(shape).map(() => 0.5 + random()) };
    return sum(mul(x, constant(valueOfSample(weights, x.dtype))));
  });
  return parts.reduce((a, b) => a.add(b));
}

/** A case as a graph: its output, and where it has them its first and second derivatives. */
export function caseGraph(
  row: OperatorCase,
  floating: Dtype,
): { readonly program: Graph; readonly feeds: Record<string, Value> } {
  const { feeds, y, xs } = setUp(row, floating);
  const outputs: Record<string, Tensor> = { y };
  if (row.notDifferentiable === undefined) {
    const first = grad(weightedSum([y]), xs);
    const second = grad(weightedSum(first), xs);
    first.forEach((g, i) => {
      outputs[`first${i}`] = g;
    });
    second.forEach((g, i) => {
      outputs[`second${i}`] = g;
    });
  }
  return { program: graph({ outputs, name: row.name }), feeds };
}
