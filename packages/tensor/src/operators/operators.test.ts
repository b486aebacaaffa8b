import { describe, expect, it } from 'vitest';
import { evaluate } from '../evaluate.js';
import { grad } from '../gradient/grad.js';
import { graph } from '../graph/graph.js';
import { operators } from '../onnx/operators.js';
import type { Tensor } from '../tensor.js';
import { elementsOf, flat, setUp, weightedSum } from '../../test/operator-case.js';
import { numbersOf, type Value } from '../value.js';
import { operatorCases } from './operators.table.js';

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

/** Checks the derivatives of `y` for `xs` against its differences. */
function expectDerivatives(
  derivatives: readonly Tensor[],
  y: Tensor,
  feeds: Record<string, Value>,
  names: readonly string[],
): void {
  const values = evaluate(Object.fromEntries(derivatives.map((g, i) => [`g${i}`, g])), feeds);
  differences(y, feeds, names).forEach((wanted, i) => {
    expectClose(numbersOf(values[`g${i}`] as Value), wanted, 1e-6);
  });
}

describe.each(operatorCases.map((row) => [row.name, row] as const))('%s', (_, row) => {
  const { feeds, y, names, xs } = setUp(row, 'float64');

  it('computes its closed form', () => {
    const given = Object.entries(row.inputs).map(([name, sample]) => [name, elementsOf(sample)]);
    const wanted = row.expected(Object.fromEntries(given));
    expect(y.shape).toEqual(wanted.shape);
    const result = evaluate({ y }, feeds).y as Value;
    expect(result.dtype).toBe(y.dtype);
    expectClose(numbersOf(result), flat(wanted), 1e-9);
  });

  if (row.notDifferentiable !== undefined) return;

  it('has the first derivative of finite differences', () => {
    const loss = weightedSum([y]);
    expectDerivatives(grad(loss, xs), loss, feeds, names);
  });

  it('has the second derivative of finite differences', () => {
    const directional = weightedSum(grad(weightedSum([y]), xs));
    expectDerivatives(grad(directional, xs), directional, feeds, names);
  });
});

it('has a case for every operator', () => {
  const used = new Set(
    operatorCases
      .flatMap((row) => graph({ outputs: { y: setUp(row, 'float64').y } }).nodes)
      .map((x) => x.operator),
  );
  expect(operators.filter((operator) => !used.has(operator)).map(({ name }) => name)).toEqual([]);
});
