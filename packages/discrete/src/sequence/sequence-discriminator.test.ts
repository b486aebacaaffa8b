import { createRng, createStepContext, flattenTree, type Tree, unflattenTree } from '@ganymede/core';
import { evaluate, grad, input, numbersOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { realProbability, sequenceDiscriminator } from './sequence-discriminator.js';

const [length, size] = [5, 3];
const network = sequenceDiscriminator({
  vocabulary: 6,
  embedding: size,
  widths: [1, 2, 5],
  filters: [2, 3, 2],
  dropout: 0.25,
});
const variables = flattenTree<Value>(network.init(createRng(21), [4, length]));
const symbols = Object.fromEntries(
  Object.entries(variables).map(([name, v]) => [name, input(name, v.shape, v.dtype)]),
);
const tree: Tree<Tensor> = unflattenTree(symbols);
const sequences = [
  [0, 1, 2, 3, 4],
  [5, 5, 0, 5, 1],
  [2, 2, 2, 2, 2],
  [4, 3, 0, 1, 5],
];
const feeds = { ...variables, tokens: valueOf(sequences.flat(), [4, length], 'int32') };
const tokens = input('tokens', [4, length], 'int32');

/** The definition, one sequence and one filter at a time. */
function classify(sequence: readonly number[]): number[] {
  const at = (name: string) => numbersOf(variables[name] as Value);
  const dense = (x: readonly number[], path: string) => {
    const [kernel, bias] = [at(`${path}/kernel`), at(`${path}/bias`)];
    return bias.map((b, j) => x.reduce((sum, xi, i) => sum + xi * kernel[i * bias.length + j]!, b));
  };
  const table = at('embedding/table');
  const features = [1, 2, 5].flatMap((width) => {
    const responses = Array.from({ length: length - width + 1 }, (_, place) => {
      const window = sequence
        .slice(place, place + width)
        .flatMap((token) => table.slice(token * size, (token + 1) * size));
      return dense(window, `window${width}`).map((x) => Math.max(x, 0));
    });
    return responses[0]!.map((_, filter) => Math.max(...responses.map((r) => r[filter]!)));
  });
  const gate = dense(features, 'highway/gate1').map((x) => 1 / (1 + Math.exp(-x)));
  const candidate = dense(features, 'highway/transform1').map((x) => Math.max(x, 0));
  const carried = features.map((x, i) => gate[i]! * candidate[i]! + (1 - gate[i]!) * x);
  return dense(carried, 'output');
}

describe('sequenceDiscriminator', () => {
  const judged = network.apply(tree, tokens, createStepContext({ training: false }).ctx);

  it('computes windows, largest responses, highway and two logits', () => {
    const { logits, real } = evaluate({ logits: judged, real: realProbability(judged) }, feeds);
    expect(logits?.shape).toEqual([4, 2]);
    for (const [i, x] of numbersOf(logits as Value).entries()) {
      expect(x).toBeCloseTo(classify(sequences[Math.floor(i / 2)]!)[i % 2]!, 5);
    }
    for (const [i, p] of numbersOf(real as Value).entries()) {
      const [generated, genuine] = classify(sequences[i]!) as [number, number];
      expect(p).toBeCloseTo(1 / (1 + Math.exp(generated - genuine)), 5);
    }
  });

  it('starts as published', () => {
    expect(variables['embedding/table']?.shape).toEqual([6, 3]);
    expect(Math.max(...numbersOf(variables['embedding/table'] as Value).map(Math.abs))).toBeLessThanOrEqual(
      1,
    );
    expect(Math.max(...numbersOf(variables['window5/kernel'] as Value).map(Math.abs))).toBeLessThanOrEqual(
      0.2001,
    );
    expect(numbersOf(variables['output/bias'] as Value)).toEqual([Math.fround(0.1), Math.fround(0.1)]);
    expect(numbersOf(variables['highway/gate1/bias'] as Value)).toEqual(Array<number>(7).fill(0));
  });

  it('drops features in training only', () => {
    const { ctx, noise } = createStepContext({ training: true });
    network.apply(tree, tokens, ctx);
    expect(noise.map(({ shape }) => shape)).toEqual([[4, 7]]);
  });

  it('passes gradients to every variable', () => {
    const partials = grad(judged.square().sum(), Object.values(symbols));
    const names = Object.keys(symbols);
    const results = evaluate(Object.fromEntries(names.map((name, i) => [name, partials[i]!])), feeds);
    for (const name of names)
      expect(numbersOf(results[name] as Value).some((x) => Math.abs(x) > 1e-6)).toBe(true);
  });
});
