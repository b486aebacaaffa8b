import { createRng, type Network } from '@ganymede/core';
import { dense, flatten, sequential } from '@ganymede/nn';
import { filled, numbersOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, testNetwork } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { adaptiveAugment } from './adaptive-augment.js';

testNetwork({
  name: 'adaptiveAugment',
  create: () => adaptiveAugment(sequential(flatten(), dense(1))),
  input: [1, 4, 4],
  output: [1],
});

/** Logits that are the mean of each sample. */
const means: Network = {
  name: 'means',
  buffers: [],
  init: () => ({}),
  apply: (_, x) => x.mean([1, 2, 3]).reshape([-1, 1]),
};

function step(levels: readonly number[], probability: number, training = true) {
  const network = adaptiveAugment(means, { augmentations: ['flip'], samples: 40, target: 0.5 });
  const bench = createWorkbench({ training });
  const data = levels.flatMap((level) => [level - 0.1, level + 0.1]);
  const x = bench.symbol('x', valueOf(data, [levels.length, 1, 1, 2]));
  const variables = bench.symbols({ probability: filled([], probability), inner: {} }, 'd');
  const logits = network.apply(variables, x, bench.ctx);
  const next = bench.bufferUpdates.get('probability');
  const [value, updated] = bench.evaluate([logits, ...(next === undefined ? [] : [next as Tensor])]);
  return {
    logits: numbersOf(value as Value),
    probability: updated && Number(updated.data[0]),
    noise: bench.noise,
  };
}

describe('adaptiveAugment', () => {
  it('augments more where real logits are more often positive than the target says, else less', () => {
    // Mean signs 1 and ½ − … against a target of ½; the step is 4 / 40.
    expect(step([1, 2, 3, 4], 0.3).probability).toBeCloseTo(0.4, 6);
    expect(step([1, 2, 3, -4], 0.3).probability).toBeCloseTo(0.3, 6);
    expect(step([1, 2, -3, -4], 0.3).probability).toBeCloseTo(0.2, 6);
  });

  it('keeps the probability in [0, 1]', () => {
    expect(step([1, 2, 3, 4], 0.95).probability).toBe(1);
    expect(step([-1, -2, -3, -4], 0.05).probability).toBe(0);
  });

  it('is the discriminator itself outside training', () => {
    const { logits, probability, noise } = step([1, -2], 1, false);
    expect(logits.map((x) => Math.round(x * 1e6) / 1e6)).toEqual([1, -2]);
    expect([probability, noise]).toEqual([undefined, []]);
  });

  it('starts without augmentation and keeps the discriminator’s variables below inner', () => {
    const variables = adaptiveAugment(sequential(dense(2))).init(createRng(1), [1, 3]);
    expect(variables).toMatchObject({ probability: filled([], 0), inner: { dense1: {} } });
    expect(step([1, 2], 0).noise.map(({ name }) => name)).toEqual([
      'noise/flip/flipChosen',
      'noise/flip/mirrored',
    ]);
    expect(() => adaptiveAugment(means, { target: 1 })).toThrow(/target/);
    expect(() => adaptiveAugment(means, { samples: 0 })).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_OPTION' }),
    );
  });
});
