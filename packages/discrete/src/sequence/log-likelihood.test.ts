import { createRng, flattenTree, unflattenTree } from '@ganymede/core';
import { evaluate, grad, input, numbersOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { tokenLogLikelihood, weightedLogLikelihood } from './log-likelihood.js';
import { initSequence, sequenceVariables } from './sequence-variables.js';

/** To five digits after the point. */
function expectClose(got: Value | undefined, wanted: Value | undefined): void {
  const expected = numbersOf(wanted as Value);
  for (const [i, x] of numbersOf(got as Value).entries()) expect(x).toBeCloseTo(expected[i] as number, 5);
}

const sizes = { vocabulary: 7, embedding: 3, hidden: 4 };
const variables = flattenTree<Value>(initSequence(sizes, createRng(3), 0.5));
const symbols = Object.fromEntries(
  Object.entries(variables).map(([name, v]) => [name, input(name, v.shape, v.dtype)]),
);
const model = sequenceVariables(unflattenTree<Tensor>(symbols));
const tokens = valueOf([1, 6, 0, 3, 3, 2, 5, 4], [2, 4], 'int32');
const weights = valueOf([0.5, 1, -2, 0.25, 1, 0, 3, 0.125], [2, 4]);
const feeds = { ...variables, tokens, weights };
const y = input('tokens', [2, 4], 'int32');
const w = input('weights', [2, 4], 'float32');

describe('weightedLogLikelihood', () => {
  const fast = weightedLogLikelihood(model, y, w);
  const plain = tokenLogLikelihood(model, y);

  it('reports the log-likelihood of every token', () => {
    const { a, b } = evaluate({ a: fast.logLikelihood, b: plain }, feeds);
    expect(numbersOf(a as Value).length).toBe(8);
    expectClose(a, b);
  });

  it('has the gradient of the weighted sum of log-likelihoods, for every variable', () => {
    const names = Object.keys(symbols);
    const wanted = grad(plain.mul(w).sum(), Object.values(symbols));
    const got = grad(fast.objective, Object.values(symbols));
    const results = evaluate(
      Object.fromEntries(
        names.flatMap((name, i) => [
          [`wanted/${name}`, wanted[i]!],
          [`got/${name}`, got[i]!],
        ]),
      ),
      feeds,
    );
    for (const name of names) {
      const expected = numbersOf(results[`wanted/${name}`] as Value);
      expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(1e-3);
      expectClose(results[`got/${name}`], results[`wanted/${name}`]);
    }
  });
});

describe('tokenLogLikelihood', () => {
  it('sums to 1 over all continuations', () => {
    const each = Array.from({ length: 7 }, (_, v) => [2, v]).flat();
    const two = input('two', [7, 2], 'int32');
    const { p } = evaluate(
      { p: tokenLogLikelihood(model, two).slice(1, 1, 2).exp().sum() },
      { ...variables, two: valueOf(each, [7, 2], 'int32') },
    );
    expect(numbersOf(p as Value)[0]).toBeCloseTo(1, 5);
  });
});
