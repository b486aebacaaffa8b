import { defineOperator, makeTensor, mul, type NoAttributes, type Unary } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { between, exactly } from './operator/sample.js';
import { fromX, listed, NOT_FINITE, ofX, type OperatorCase } from './operator/operator-case.js';
import {
  checkFirstDerivative,
  checkSecondDerivative,
  checkValue,
  expectNumbers,
  testOperator,
} from './test-operator.js';

/** The square, as an operator of a plugin, with a gradient that is `factor` times x. */
const squareWith = (factor: number) =>
  defineOperator<NoAttributes, Unary>({
    name: 'Square',
    infer: ([x]) => ({ dtype: x.dtype, shape: x.shape }),
    gradient: (g, _, [x]) => [mul(mul(g, factor), x)],
    evaluate: ([x]) => Float64Array.from(x.data as Float64Array, (v) => v * v),
    onnx: {},
  });

testOperator({
  name: 'square of a plugin',
  inputs: { x: between([2, 2]) },
  build: ofX((x) => makeTensor(squareWith(2), [x], {})),
  expected: fromX([2, 2], (x, i = 0, j = 0) => x(i, j) ** 2),
});

testOperator({
  name: 'square of a plugin, of NaN and infinity',
  inputs: { x: exactly([Number.NaN, -Infinity]) },
  build: ofX((x) => makeTensor(squareWith(2), [x], {})),
  expected: listed([2], [Number.NaN, Infinity]),
  notDifferentiable: NOT_FINITE,
});

it('holds numbers to the tolerance, the largest of them the measure', () => {
  expectNumbers([1000, 1 + 1e-7], [1000, 1], 1e-9);
  expect(() => expectNumbers([1000, 1 + 1e-5], [1000, 1], 1e-9)).toThrow('element 1');
  expect(() => expectNumbers([1e-30], [2e-30], 1e-9, { scale: Math.abs })).toThrow('element 0');
});

it('wants NaN and infinities where they are expected, and nowhere else', () => {
  expectNumbers([Number.NaN, Infinity], [Number.NaN, Infinity], 1e-9);
  for (const [got, wanted] of [
    [1, Number.NaN],
    [Number.NaN, 1],
    [-Infinity, Infinity],
    [1e300, Infinity],
    [Infinity, 1e300],
  ] as const) {
    expect(() => expectNumbers([got], [wanted], 1e-9)).toThrow('element 0');
  }
  expect(() => expectNumbers([1], [1, 2], 1e-9)).toThrow();
});

it('tells a wrong value and a wrong gradient from right ones', () => {
  const row = (factor: number, wanted: number): OperatorCase => ({
    name: 'square',
    inputs: { x: exactly([3]) },
    build: ofX((x) => makeTensor(squareWith(factor), [x], {})),
    expected: listed([1], [wanted]),
  });
  checkValue(row(2, 9));
  checkFirstDerivative(row(2, 9));
  checkSecondDerivative(row(2, 9));
  expect(() => checkValue(row(2, 9.001))).toThrow('element 0: 9 instead of 9.001');
  expect(() => checkFirstDerivative(row(2.001, 9))).toThrow('derivative for x, element 0');
  // A gradient of its own gradient it is, only of another function.
  checkSecondDerivative(row(2.001, 9));
});
