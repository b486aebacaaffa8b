import { type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose } from '@ganymede/testing';
import { describe, it } from 'vitest';
import { hinge } from './hinge.js';
import { projectionLogits } from './projection-logits.js';

describe('projectionLogits', () => {
  it('adds the product of features and class vector to each logit, and is what losses take', () => {
    const bench = createWorkbench();
    const symbol = (name: string, numbers: readonly number[], width: number) =>
      bench.symbol(name, valueOf(numbers, [2, width]));
    const logits = projectionLogits({
      logits: symbol('l', [0.5, -1], 1),
      features: symbol('f', [1, 2, 3, 4], 2),
      classVectors: symbol('c', [2, -1, 0.5, 0.25], 2),
    });
    const [value, loss] = bench.evaluate([logits, hinge().discriminator(logits, logits)]) as [Value, Value];
    expectClose(value, [0.5, 1.5], 1e-12, 'logits');
    expectClose(loss, 0.25 + 2, 1e-12, 'hinge');
  });
});
