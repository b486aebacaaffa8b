import { createRng, flattenTree, unflattenTree } from '@ganymede/core';
import { evaluate, grad, input, numbersOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { tokenLogLikelihood, weightedLogLikelihood } from './log-likelihood.js';
import { actionValues, rollOut, rollOutDraws } from './roll-out.js';
import { initSequence, sequenceVariables } from './sequence-variables.js';

/** Vocabulary 3, three tokens, and a discriminator set by hand: everything can be enumerated. */
const [V, T] = [3, 3];
const sequences = Array.from({ length: V ** T }, (_, i) => [Math.floor(i / 9), Math.floor(i / 3) % 3, i % 3]);
const scoreTable = sequences.map(([a, b, c]) => (1 + ((5 * a! + 3 * b! + 7 * c! + a! * c!) % 11)) / 13);
const indexOf = (y: readonly number[]) => y.reduce((sum, token) => V * sum + token, 0);

const variables = flattenTree<Value>(
  initSequence({ vocabulary: V, embedding: 2, hidden: 3 }, createRng(11), 1),
);
const symbols = Object.fromEntries(
  Object.entries(variables).map(([name, v]) => [name, input(name, v.shape, v.dtype)]),
);
const policy = sequenceVariables(unflattenTree<Tensor>(symbols));
const all = input('all', [27, 3], 'int32');
const feeds = { ...variables, all: valueOf(sequences.flat(), [27, 3], 'int32') };
const logs = numbersOf(evaluate({ logs: tokenLogLikelihood(policy, all) }, feeds).logs as Value);
const logOf = (i: number, t: number) => logs[i * T + t] as number;
const probability = (i: number) => Math.exp(logOf(i, 0) + logOf(i, 1) + logOf(i, 2));

/** Exact Q of a prefix: mean score of its completions. */
function exactValue(prefix: readonly number[]): { mean: number; deviation: number } {
  let [mass, first, second] = [0, 0, 0];
  sequences.forEach((y, i) => {
    if (!prefix.every((token, t) => y[t] === token)) return;
    mass += probability(i);
    first += probability(i) * scoreTable[i]!;
    second += probability(i) * scoreTable[i]! ** 2;
  });
  const mean = first / mass;
  return { mean, deviation: Math.sqrt(Math.max(0, second / mass - mean ** 2)) };
}

describe('Monte-Carlo values', () => {
  it('agree with enumeration within three standard errors of 2000 roll-outs', () => {
    const repeats = 2000;
    const chosen = [sequences[5]!, sequences[16]!, sequences[21]!];
    const count = rollOutDraws(3, T, repeats);
    const completed = rollOut(policy, input('y', [3, T], 'int32'), input('u', [count], 'float32'), repeats);
    const { tokens } = evaluate(
      { tokens: completed },
      {
        ...variables,
        y: valueOf(chosen.flat(), [3, T], 'int32'),
        u: createRng(12).draw([count], { kind: 'uniform' }),
      },
    );
    const rows = numbersOf(tokens as Value);
    const scores = Array.from(
      { length: rows.length / T },
      (_, i) => scoreTable[indexOf(rows.slice(i * T, i * T + T))]!,
    );
    const { q } = evaluate(
      { q: actionValues(input('scores', [scores.length], 'float32'), 3, T, repeats) },
      { scores: valueOf(scores) },
    );
    const values = numbersOf(q as Value);
    chosen.forEach((y, b) => {
      for (let t = 0; t < T - 1; t++) {
        const { mean, deviation } = exactValue(y.slice(0, t + 1));
        const error = Math.abs((values[b * T + t] as number) - mean);
        expect(error).toBeLessThan((3 * deviation) / Math.sqrt(repeats));
      }
      expect(values[b * T + 2]).toBeCloseTo(scoreTable[indexOf(y)]!, 6);
    });
  });
});

describe('REINFORCE', () => {
  it('has the gradient of the expected score, by enumeration', () => {
    const score = input('score', [27], 'float32');
    const probabilities = tokenLogLikelihood(policy, all).sum(1).exp();
    const expectedScore = probabilities.mul(score).sum();
    // The mean of the published estimator: every sequence with its probability, every token with its exact value.
    const weights = input('weights', [27, 3], 'float32');
    const { objective } = weightedLogLikelihood(policy, all, weights);
    const names = Object.keys(symbols);
    const exact = grad(expectedScore, Object.values(symbols));
    const mean = grad(objective, Object.values(symbols));
    const results = evaluate(
      Object.fromEntries(
        names.flatMap((name, i) => [
          [`exact/${name}`, exact[i]!],
          [`mean/${name}`, mean[i]!],
        ]),
      ),
      {
        ...feeds,
        score: valueOf(scoreTable),
        weights: valueOf(
          sequences.flatMap((y, i) => y.map((_, t) => probability(i) * exactValue(y.slice(0, t + 1)).mean)),
          [27, 3],
        ),
      },
    );
    for (const name of names) {
      const expected = numbersOf(results[`exact/${name}`] as Value);
      for (const [i, x] of numbersOf(results[`mean/${name}`] as Value).entries()) {
        expect(x).toBeCloseTo(expected[i] as number, 5);
      }
      expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(1e-4);
    }
  });
});

describe('a softmax policy over five actions', () => {
  const rewards = [1, 0, -1, 2, 0.5];
  const theta = input('theta', [1, 5], 'float32');
  const at0 = { theta: valueOf([0, 0, 0, 0, 0], [1, 5]) };

  it('has the analytic gradient p_a (r_a - mean r)', () => {
    const weights = theta.exp().div(theta.exp().sum());
    const [gradient] = grad(weights.mul(input('r', [1, 5], 'float32')).sum(), [theta]);
    const { g } = evaluate({ g: gradient! }, { ...at0, r: valueOf(rewards, [1, 5]) });
    for (const [i, x] of numbersOf(g as Value).entries())
      expect(x).toBeCloseTo([0.1, -0.1, -0.3, 0.3, 0][i]!, 6);
  });

  it('has score-function means within 0.01, and less variance with a baseline', () => {
    const draws = createRng(13).draw([200_000], { kind: 'integers', high: 5 }).data as Int32Array;
    const estimate = (baseline: number) => {
      const mean = [0, 0, 0, 0, 0];
      let square = 0;
      for (const a of draws) {
        const r = rewards[a]! - baseline;
        square += r * r;
        for (let k = 0; k < 5; k++) mean[k] = mean[k]! + ((k === a ? 1 : 0) - 0.2) * r;
      }
      return { mean: mean.map((m) => m / draws.length), square: square / draws.length };
    };
    const [plain, centred] = [estimate(0), estimate(0.5)];
    [0.1, -0.1, -0.3, 0.3, 0].forEach((expected, k) => {
      expect(Math.abs(plain.mean[k]! - expected)).toBeLessThan(0.01);
      expect(Math.abs(centred.mean[k]! - expected)).toBeLessThan(0.01);
    });
    expect(plain.square).toBeCloseTo(1.25, 1);
    expect(centred.square).toBeCloseTo(1, 1);
  });
});
