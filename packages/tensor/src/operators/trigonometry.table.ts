import * as t from '../index.js';
import {
  awayFromZero,
  between,
  binary,
  exactly,
  type OperatorCase,
  unary,
} from '../../test/operator-case.js';

const inside = between([2, 3], -0.9, 0.9);
const wide = between([2, 3], -3, 3);

/** Circular and hyperbolic functions and their inverses, by other formulas. */
export const trigonometryCases: readonly OperatorCase[] = [
  unary('tan', t.tan, (x) => Math.sin(x) / Math.cos(x), between([2, 3], -1.2, 1.2)),
  unary('asin', t.asin, (x) => Math.atan2(x, Math.sqrt(1 - x * x)), inside),
  unary('acos', t.acos, (x) => Math.atan2(Math.sqrt(1 - x * x), x), inside),
  unary('atan', t.atan, (x) => Math.atan2(x, 1), wide),
  unary('sinh', t.sinh, (x) => (Math.exp(x) - Math.exp(-x)) / 2, wide),
  unary('cosh', t.cosh, (x) => (Math.exp(x) + Math.exp(-x)) / 2, wide),
  unary('asinh', t.asinh, (x) => Math.log(x + Math.sqrt(x * x + 1)), wide),
  unary('acosh', t.acosh, (x) => Math.log(x + Math.sqrt(x * x - 1)), between([2, 3], 1.2, 3)),
  unary('atanh', t.atanh, (x) => Math.log((1 + x) / (1 - x)) / 2, inside),
  ...binary('atan2', t.atan2, Math.atan2, (shape) => awayFromZero(shape, 0.2)),
  {
    name: 'atan2 on the axes',
    inputs: { v: exactly([0, 1, 0, -1, 0, 1e30, 1e-30]), x: exactly([1, 0, -1, 0, 0, 1e-30, 1e30]) },
    build: ({ v, x }) => t.atan2(v as t.Tensor, x as t.Tensor),
    expected: () =>
      Object.assign((i = 0) => [0, Math.PI / 2, Math.PI, -Math.PI / 2, 0, Math.PI / 2, 0][i] as number, {
        shape: [7],
      }),
    notDifferentiable: 'the axes are where the quadrants meet',
  },
];
