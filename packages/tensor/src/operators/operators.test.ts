import { describe, expect, it } from 'vitest';
import {
  evaluate,
  grad,
  graph,
  input,
  isFloating,
  mul,
  numbersOf,
  sum,
  type Tensor,
  type Value,
} from '../index.js';
import { constant } from './constant.js';
import { elementsOf, flat, type OperatorCase, random, valueOfSample } from '../testing/operator-case.js';
import { operatorCases } from './operators.table.js';

/** The case's inputs as tensors and values of float64. */
function setUp({ inputs, build }: OperatorCase) {
  const feeds: Record<string, Value> = {};
  const tensors: Record<string, Tensor> = {};
  for (const [name, sample] of Object.entries(inputs)) {
    const value = valueOfSample(sample, 'float64');
    feeds[name] = value;
    tensors[name] = input(name, value.shape, value.dtype);
  }
  const xs = Object.entries(tensors).filter(([, x]) => isFloating(x.dtype));
  return { feeds, y: build(tensors), names: xs.map(([name]) => name), xs: xs.map(([, x]) => x) };
}

/** The sum of the elements of all tensors, each weighted by a fixed random number: one number that depends on all of them. */
function weightedSum(tensors: readonly Tensor[]): Tensor {
  const parts = tensors.map((x) => {
    const shape = x.shape.map(Number);
    const n = shape.reduce((a, b) => a * b, 1);
    const weights = Float64Array.from({ length: n }, () => 0.5 + random());
    return sum(mul(x, constant({ dtype: 'float64', shape, data: weights })));
  });
  return parts.reduce((a, b) => a.add(b));
}

/** Central differences of `y` for every element of every named input. */
function differences(y: Tensor, feeds: Record<string, Value>, names: readonly string[]): number[][] {
  const program = graph({ outputs: { y } });
  const h = 1e-5;
  return names.map((name) => {
    const value = feeds[name] as Value<'float64'>;
    return Array.from(value.data, (_, i) => {
      const at = (step: number): number => {
        const data = value.data.slice();
        data[i] = (data[i] as number) + step;
        return Number(evaluate(program, { ...feeds, [name]: { ...value, data } }).y?.data[0]);
      };
      return (at(h) - at(-h)) / (2 * h);
    });
  });
}

function expectClose(actual: readonly number[], wanted: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(wanted.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  actual.forEach((x, i) => {
    const error = Math.abs(x - (wanted[i] as number)) / scale;
    if (!(error <= tolerance)) expect.fail(`element ${i}: ${x} instead of ${wanted[i]}`);
  });
}

describe.each(operatorCases.map((row) => [row.name, row] as const))('%s', (_, row) => {
  const { feeds, y, names, xs } = setUp(row);

  it('computes its closed form', () => {
    const wanted = row.expected(
      Object.fromEntries(Object.entries(row.inputs).map(([k, v]) => [k, elementsOf(v)])),
    );
    expect(y.shape).toEqual(wanted.shape);
    const result = evaluate({ y }, feeds).y as Value;
    expect(result.dtype).toBe(y.dtype);
    expectClose(numbersOf(result), flat(wanted), 1e-9);
  });

  it.skipIf(row.notDifferentiable !== undefined)(
    'has the first and second derivative of finite differences',
    () => {
      const loss = weightedSum([y]);
      const first = grad(loss, xs);
      const firstValues = evaluate(Object.fromEntries(first.map((g, i) => [`g${i}`, g])), feeds);
      differences(loss, feeds, names).forEach((wanted, i) => {
        expectClose(numbersOf(firstValues[`g${i}`] as Value), wanted, 1e-6);
      });

      const directional = weightedSum(first);
      const second = grad(directional, xs);
      const secondValues = evaluate(Object.fromEntries(second.map((g, i) => [`g${i}`, g])), feeds);
      differences(directional, feeds, names).forEach((wanted, i) => {
        expectClose(numbersOf(secondValues[`g${i}`] as Value), wanted, 1e-5);
      });
    },
  );
});
