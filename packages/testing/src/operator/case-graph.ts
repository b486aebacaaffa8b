import {
  constant,
  type Dtype,
  type Graph,
  grad,
  graph,
  input,
  isFloating,
  mul,
  sum,
  type Tensor,
  type Value,
} from '@ganymede/tensor';
import { indices } from './elements.js';
import type { OperatorCase } from './operator-case.js';
import { random, valueOfSample } from './sample.js';

/** A row's inputs as values and tensors. `xs` are the floating ones. */
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

/** A row as a graph with values for its inputs: its output `y`, and where it has them `first…` and `second…` derivatives. */
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
