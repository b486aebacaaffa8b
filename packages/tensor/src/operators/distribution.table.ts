import * as t from '../index.js';
import {
  between,
  elements,
  exactly,
  listed,
  type OperatorCase,
  STEP,
  sigma,
  unary,
} from '../../test/operator-case.js';

/** Error function by Simpson's rule on its integral. */
function erf(x: number): number {
  const n = 1000;
  const h = x / n;
  const f = (u: number): number => Math.exp(-u * u);
  const inner = sigma(n - 1, (i) => (i % 2 === 0 ? 4 : 2) * f((i + 1) * h));
  return ((2 / Math.sqrt(Math.PI)) * h * (f(0) + f(x) + inner)) / 3;
}

/** Where `f`, which grows, is `y`: by bisection. */
function solve(f: (x: number) => number, y: number): number {
  let [low, high] = [-6, 6];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (f(middle) < y) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const normalBelow = (x: number): number => (1 + erf(x * Math.SQRT1_2)) / 2;
const uniform = between([2, 3], 0.02, 0.98);
const logits = [0.5, -1, 2, 0.1];
const total = logits.reduce((sum, x) => sum + Math.exp(x), 0);

/** Random numbers out of noise inputs. */
export const distributionCases: readonly OperatorCase[] = [
  unary('erfInverse', t.erfInverse, (y) => solve(erf, y), between([2, 3], -0.95, 0.95)),
  unary(
    'erfInverse in the tails',
    t.erfInverse,
    (y) => solve(erf, y),
    exactly([-0.9995, -0.99, 0.995, 0.9999]),
    {
      notDifferentiable: 'finite differences are too coarse there',
    },
  ),
  unary(
    'erfInverse at its ends',
    t.erfInverse,
    (y) => (Math.abs(y) > 1 ? Number.NaN : y === 0 ? 0 : y * Infinity),
    exactly([-1, 0, 1, 1.5, -2]),
    { notDifferentiable: 'it ends at infinity' },
  ),
  unary(
    'truncatedNormal',
    (u) => t.truncatedNormal(u),
    (u) => solve(normalBelow, normalBelow(-2) + u * (normalBelow(2) - normalBelow(-2))),
    uniform,
  ),
  unary(
    'truncatedNormal between other bounds',
    (u) => t.truncatedNormal(u, { low: 0.5, high: 3 }),
    (u) => solve(normalBelow, normalBelow(0.5) + u * (normalBelow(3) - normalBelow(0.5))),
    uniform,
  ),
  unary('gumbel', t.gumbel, (u) => -Math.log(Math.log(1 / u)), uniform),
  unary(
    'gumbel at its ends',
    t.gumbel,
    (u) => -Math.log(-Math.log(u === 0 ? 2 ** -24 : u)),
    exactly([0, 1 - 2 ** -24]),
    {
      notDifferentiable: 'the noise is cut there',
      // log near 1 loses digits in float32.
      tolerance: 1e-6,
    },
  ),
  ...[1, 0.7].map(
    (temperature): OperatorCase => ({
      name: `gumbelSoftmax at ${temperature}`,
      inputs: { x: between([2, 4]), g: between([2, 4], -1, 3) },
      build: ({ x, g }) => t.gumbelSoftmax(x as t.Tensor, g as t.Tensor, { temperature }),
      expected: ({ x, g }) =>
        elements([2, 4], (i = 0, j = 0) => {
          const weight = (k: number) => Math.exp(((x?.(i, k) ?? 0) + (g?.(i, k) ?? 0)) / temperature);
          return weight(j) / sigma(4, weight);
        }),
    }),
  ),
  {
    name: 'gumbelSoftmax hard, along axis 0',
    inputs: { x: exactly([0, 1, 0, 0.5], [2, 2]), g: exactly([2, 0, 0, 1], [2, 2]) },
    build: ({ x, g }) => t.gumbelSoftmax(x as t.Tensor, g as t.Tensor, { hard: true, axis: 0 }),
    expected: listed([2, 2], [1, 0, 0, 1]),
    notDifferentiable: 'its gradient is that of the soft sample by definition',
  },
  {
    name: 'categorical',
    inputs: {
      x: exactly(
        [0, 1, 2].flatMap(() => logits),
        [3, 4],
      ),
      u: exactly([0, 0.6, 0.999]),
    },
    build: ({ x, u }) => t.categorical(x as t.Tensor, u as t.Tensor),
    expected: ({ u }) =>
      elements([3], (i = 0) => {
        let left = (u?.(i) ?? 0) * total;
        return logits.findIndex((x) => {
          left -= Math.exp(x);
          return left < 0;
        });
      }),
    notDifferentiable: STEP,
    dtype: 'int64',
  },
  {
    name: 'categorical with impossible categories',
    inputs: {
      x: exactly([-Infinity, 0, -Infinity, -Infinity, 0, -Infinity, 0, -Infinity], [2, 4]),
      u: exactly([0.9999999, 0.75]),
    },
    build: ({ x, u }) => t.categorical(x as t.Tensor, u as t.Tensor),
    expected: listed([2], [1, 2]),
    notDifferentiable: STEP,
  },
  {
    name: 'bernoulli',
    inputs: { p: exactly([0, 0.25, 1]), u: exactly([0, 0.5, 0.2, 0.25, 0.1, 0.999], [2, 3]) },
    build: ({ p, u }) => t.bernoulli(p as t.Tensor, u as t.Tensor),
    expected: listed([2, 3], [0, 0, 1, 0, 1, 1]),
    notDifferentiable: STEP,
  },
];
