import { createRng, type Rng } from '@ganymede/core';
import { evaluate, grad, input, numbersOf, type Tensor, valueOf } from '@ganymede/tensor';
import type { ClaimRow } from '@ganymede/testing';
import { monteCarloError } from '../../src/index.js';

const [mu, sigma] = [0.7, 1.3];

/** Gradients of E x² by μ and σ, x = μ + σ z, as the average of gradients over `size` draws. */
function pathwise(size: number, rng: Rng): number[] {
  const parameters = [input('mu', [], 'float64'), input('sigma', [], 'float64')] as [Tensor, Tensor];
  const z = input('z', [size], 'float64');
  const x = parameters[0].add(parameters[1].mul(z));
  const [m, s] = grad(x.square().mean(), parameters) as [Tensor, Tensor];
  const drawn = numbersOf(rng.draw([size], { kind: 'normal' }));
  return results({ m, s }, { z: valueOf(drawn, [size], 'float64') });
}

/** The same by the score function: E x² ∇ log N(x; μ, σ). */
function score(size: number, rng: Rng): number[] {
  const parameters = [input('mu', [], 'float64'), input('sigma', [], 'float64')] as [Tensor, Tensor];
  const x = input('x', [size], 'float64');
  const logDensity = x.sub(parameters[0]).div(parameters[1]).square().mul(-0.5).sub(parameters[1].log());
  const [m, s] = grad(logDensity.mul(x.square()).mean(), parameters) as [Tensor, Tensor];
  const drawn = numbersOf(rng.draw([size], { kind: 'normal', mean: mu, std: sigma }));
  return results({ m, s }, { x: valueOf(drawn, [size], 'float64') });
}

function results(
  outputs: { readonly m: Tensor; readonly s: Tensor },
  feeds: Readonly<Record<string, ReturnType<typeof valueOf>>>,
): number[] {
  const { m, s } = evaluate(outputs, {
    ...feeds,
    mu: valueOf(mu, [], 'float64'),
    sigma: valueOf(sigma, [], 'float64'),
  });
  return [Number(m.data[0]), Number(s.data[0])];
}

const slope = (estimate: (size: number, rng: Rng) => number[]): number =>
  monteCarloError({
    estimate,
    exact: [2 * mu, 2 * sigma],
    sizes: [16, 128, 1024],
    repeats: 400,
    rng: createRng(5),
  }).slope;

/** Rows about gradients under an expectation. */
export const monteCarloRows: readonly ClaimRow[] = [
  {
    about: 'Gradient under the expectation (Leibniz’s rule)',
    claim:
      'E x², x = μ + σ z: the error of averaged pathwise gradients falls with the draws like their number to the power',
    expected: { exact: -0.5, tolerance: 0.1 },
    measure: () => slope(pathwise),
  },
  {
    about: 'Gradient under the expectation (Leibniz’s rule)',
    claim: 'and that of the score function',
    expected: { exact: -0.5, tolerance: 0.1 },
    measure: () => slope(score),
  },
];
