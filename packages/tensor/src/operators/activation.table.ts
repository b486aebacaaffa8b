import * as t from '../index.js';
import {
  awayFromZero,
  between,
  elements,
  exactly,
  fromX,
  ofX,
  type OperatorCase,
  unary,
} from '../../test/operator-case.js';

const smooth = between([2, 3], -2, 2);
const kinked = awayFromZero([3, 2]);
const sigmoid = (x: number): number => (Math.tanh(x / 2) + 1) / 2;

/** The probability that a standard normal number is below x, by Simpson's rule. */
function normalBelow(x: number): number {
  const n = 400;
  const h = x / n;
  let total = 1 + Math.exp((-x * x) / 2);
  for (let i = 1; i < n; i++) total += (i % 2 === 0 ? 2 : 4) * Math.exp(-((i * h) ** 2) / 2);
  return 0.5 + (total * h) / 3 / Math.sqrt(2 * Math.PI);
}

/** Nonlinearities of networks. */
export const activationCases: readonly OperatorCase[] = [
  unary('celu', t.celu, (x) => (x > 0 ? x : Math.exp(x) - 1), kinked),
  unary(
    'celu with alpha',
    (x) => t.celu(x, 1.5),
    (x) => Math.max(0, x) + Math.min(0, 1.5 * (Math.exp(x / 1.5) - 1)),
    kinked,
  ),
  unary(
    'selu',
    t.selu,
    (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1)),
    kinked,
  ),
  unary(
    'selu with constants',
    (x) => t.selu(x, 0.5, 2),
    (x) => (x > 0 ? 2 * x : Math.exp(x) - 1),
    kinked,
  ),
  unary(
    'hardSigmoid',
    (x) => t.hardSigmoid(x),
    (x) => (x < -2.5 ? 0 : x > 2.5 ? 1 : 0.2 * x + 0.5),
    exactly([-4, -2.6, -2, -0.3, 0.7, 2.4, 2.7, 5]),
  ),
  unary(
    'hardSigmoid with a slope',
    (x) => t.hardSigmoid(x, 0.5, 0.25),
    (x) => Math.min(1, Math.max(0, x / 2 + 0.25)),
    exactly([-4, -0.7, -0.3, 0.7, 1.4, 1.6]),
  ),
  unary(
    'hardSwish',
    t.hardSwish,
    (x) => (x < -3 ? 0 : x > 3 ? x : (x * x) / 6 + x / 2),
    exactly([-5, -3.5, -2, -0.5, 0.5, 2, 3.5, 5]),
  ),
  unary('softsign', t.softsign, (x) => (x > 0 ? 1 - 1 / (1 + x) : 1 / (1 - x) - 1), kinked),
  unary(
    'thresholdedRelu',
    (x) => t.thresholdedRelu(x),
    (x) => [0, 0, 0, 1.25, 3][[-2, 0.5, 0.75, 1.25, 3].indexOf(x)] as number,
    exactly([-2, 0.5, 0.75, 1.25, 3]),
  ),
  unary(
    'thresholdedRelu with alpha',
    (x) => t.thresholdedRelu(x, -0.5),
    (x) => (x + 0.5 > 0 ? x : 0),
    exactly([-2, -0.75, -0.25, 0.25, 3]),
  ),
  unary(
    'shrink hard',
    (x) => t.shrink(x),
    (x) => (x * x > 0.25 ? x : 0),
    exactly([-2, -0.75, -0.25, 0.25, 0.75, 2]),
  ),
  unary(
    'shrink soft',
    (x) => t.shrink(x, 0.5, 0.5),
    (x) => Math.sign(x) * Math.max(Math.abs(x) - 0.5, 0),
    exactly([-2, -0.75, -0.25, 0.25, 0.75, 2]),
  ),
  ...([[3, 1], [2], [2, 3, 2], [1]] as const).map(
    (shape): OperatorCase => ({
      name: `prelu with slopes [${shape}]`,
      inputs: { x: awayFromZero([2, 3, 2]), s: between(shape, 0.1, 0.9) },
      build: ({ x, s }) => t.prelu(x as t.Tensor, s as t.Tensor),
      expected: ({ x, s }) =>
        elements([2, 3, 2], (i = 0, j = 0, k = 0) => {
          const v = x?.(i, j, k) ?? 0;
          const at = { 3: [i, j, k], 2: [j, 0], 1: [shape[0] === 1 ? 0 : k] }[shape.length] as number[];
          return Math.max(v, 0) + (s?.(...at) ?? 0) * Math.min(v, 0);
        }),
    }),
  ),
  unary('silu', t.silu, (x) => x / (1 + Math.exp(-x)), smooth),
  unary(
    'mish',
    t.mish,
    (x) => {
      // tanh(log(s)) = (s^2 - 1) / (s^2 + 1)
      const square = (1 + Math.exp(x)) ** 2;
      return (x * (square - 1)) / (square + 1);
    },
    smooth,
  ),
  unary('gelu', t.gelu, (x) => x * normalBelow(x), smooth),
  unary(
    'gelu approximated',
    (x) => t.gelu(x, { approximate: 'tanh' }),
    (x) => x * sigmoid(Math.sqrt(8 / Math.PI) * (x + 0.044715 * x ** 3)),
    smooth,
  ),
  unary('logSigmoid', t.logSigmoid, (x) => Math.log(sigmoid(x)), smooth),
  {
    name: 'glu',
    inputs: { x: between([2, 6]) },
    build: ofX((x) => t.glu(x)),
    expected: fromX([2, 3], (x, i = 0, j = 0) => x(i, j) * sigmoid(x(i, j + 3))),
  },
  {
    name: 'glu along the first axis',
    inputs: { x: between([4, 2]) },
    build: ofX((x) => t.glu(x, -2)),
    expected: fromX([2, 2], (x, i = 0, j = 0) => x(i, j) * sigmoid(x(i + 2, j))),
  },
];
