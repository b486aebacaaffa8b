import { evaluate, grad, graph, numbersOf, type Tensor, type Value } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { setUp, weightedSum } from './operator/case-graph.js';
import { flat } from './operator/elements.js';
import type { OperatorCase } from './operator/operator-case.js';
import { elementsOf } from './operator/sample.js';

/**
 * The conformance suite of operators, as vitest tests: the value against a closed form in float64 (NaN and infinities
 * included), shape and dtype, and the first and second derivative against central differences in float64, within 1e-6 of
 * the largest. Call it once per row, at the top of a test file.
 */
export function testOperator(row: OperatorCase): void {
  describe(row.name, () => {
    it('computes its closed form', () => checkValue(row));
    if (row.notDifferentiable !== undefined) return;
    it('has the first derivative of finite differences', () => checkFirstDerivative(row));
    it('has the second derivative of finite differences', () => checkSecondDerivative(row));
  });
}

/** Asserts the value, shape and dtype of a row. */
export function checkValue(row: OperatorCase): void {
  const { feeds, y } = setUp(row, 'float64');
  const given = Object.entries(row.inputs).map(([name, sample]) => [name, elementsOf(sample)]);
  const wanted = row.expected(Object.fromEntries(given));
  expect(y.shape).toEqual(wanted.shape);
  const result = evaluate({ y }, feeds).y as Value;
  expect(result.dtype).toBe(row.dtype ?? y.dtype);
  const { tolerance = 1e-9, relative } = row;
  expectNumbers(numbersOf(result), flat(wanted), tolerance, { scale: relative ? Math.abs : undefined });
}

/** Asserts the first derivative of a row. */
export function checkFirstDerivative(row: OperatorCase): void {
  const { feeds, y, names, xs } = setUp(row, 'float64');
  const loss = weightedSum([y]);
  expectDerivatives(grad(loss, xs), loss, feeds, names);
}

/** Asserts the second derivative of a row. */
export function checkSecondDerivative(row: OperatorCase): void {
  const { feeds, y, names, xs } = setUp(row, 'float64');
  const directional = weightedSum(grad(weightedSum([y]), xs));
  expectDerivatives(grad(directional, xs), directional, feeds, names);
}

/** Options of {@link expectNumbers}. */
export interface ExpectNumbersOptions {
  /** What the numbers are, for the message of a failure. @defaultValue 'element' */
  readonly what?: string;
  /** What the error of an element is measured by. @defaultValue the largest of all finite expected numbers and 1 */
  readonly scale?: ((wanted: number) => number) | undefined;
}

/** Asserts equal numbers within `tolerance` times a scale; NaN and infinities must be where they are expected. */
export function expectNumbers(
  actual: readonly number[],
  wanted: readonly number[],
  tolerance: number,
  { what = 'element', scale }: ExpectNumbersOptions = {},
): void {
  expect(actual.length, what).toBe(wanted.length);
  const largest = Math.max(1, ...wanted.filter(Number.isFinite).map(Math.abs));
  actual.forEach((x, i) => {
    const other = wanted[i] as number;
    if (x === other || (Number.isNaN(x) && Number.isNaN(other))) return;
    const allowed = tolerance * (scale?.(other) ?? largest);
    if (!(Math.abs(x - other) <= allowed) || !Number.isFinite(other))
      expect.fail(`${what} ${i}: ${x} instead of ${other} (allowed ${allowed})`);
  });
}

/** Checks the derivatives of `y` for the inputs `names` against its differences. */
function expectDerivatives(
  derivatives: readonly Tensor[],
  y: Tensor,
  feeds: Record<string, Value>,
  names: readonly string[],
): void {
  const values = evaluate(Object.fromEntries(derivatives.map((g, i) => [`g${i}`, g])), feeds);
  differences(y, feeds, names).forEach((wanted, i) => {
    expectNumbers(numbersOf(values[`g${i}`] as Value), wanted, 1e-6, {
      what: `derivative for ${names[i]}, element`,
    });
  });
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
