import { type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testNetwork } from '@ganymede/testing';
import { describe, it } from 'vitest';
import { minibatchDiscrimination } from './minibatch-discrimination.js';

testNetwork({
  name: 'minibatchDiscrimination',
  create: () => minibatchDiscrimination({ kernels: 3, dimensions: 2 }),
  input: [4],
  output: [7],
  skip: { inference: 'a sample is measured against the others of its batch, which is what the layer is for' },
});

/** The closeness features of a batch of three samples of two numbers, two kernels of two dimensions. */
function closeness(samples: readonly number[], bias: readonly number[] = [0, 0], average = false): number[] {
  const bench = createWorkbench();
  const kernel = [1, 0, 0, 2, 0, 1, -1, 1];
  const variables = bench.symbols({ kernel: valueOf(kernel, [2, 2, 2]), bias: valueOf(bias) }, 'layer');
  const layer = minibatchDiscrimination({ kernels: 2, dimensions: 2, average });
  const y = layer.apply(variables, bench.symbol('x', valueOf(samples, [3, 2])), bench.ctx);
  const { data } = bench.evaluate([y])[0] as Value;
  return [0, 1, 2].flatMap((i) => [Number(data[4 * i + 2]), Number(data[4 * i + 3])]);
}

describe('minibatchDiscrimination', () => {
  it('is the sum of exp(−L1 distance) to the other samples, plus the bias', () => {
    // M of (x, y): kernel 1 is (x, y), kernel 2 is (−y, 2x + y).
    const found = closeness([0, 0, 1, 0, 0, 0.5], [0.25, -1]);
    const [a, b, c] = [1, 0.5, 1.5].map((d) => Math.exp(-d)) as [number, number, number];
    const [p, q, r] = [2, 1, 2].map((d) => Math.exp(-d)) as [number, number, number];
    const expected = [a + b + 0.25, p + q - 1, a + c + 0.25, p + r - 1, b + c + 0.25, q + r - 1];
    expectClose(found, expected, 1e-12, 'closeness');
  });

  it('is n − 1 for a collapsed batch and below 1e-6 for a spread one', () => {
    expectClose(closeness([3, 1, 3, 1, 3, 1]), [2, 2, 2, 2, 2, 2], 1e-12, 'collapsed');
    expectClose(closeness([0, 0, 50, 0, 0, 50]), [0, 0, 0, 0, 0, 0], 1e-6, 'spread');
  });

  it('averages over the batch where asked: 1 for a collapsed one, 1/N for a spread one', () => {
    expectClose(closeness([3, 1, 3, 1, 3, 1], [0, 0], true), [1, 1, 1, 1, 1, 1], 1e-12, 'collapsed');
    const third = 1 / 3;
    expectClose(
      closeness([0, 0, 50, 0, 0, 50], [0, 0.5], true),
      [third, third + 0.5, third, third + 0.5, third, third + 0.5],
      1e-6,
      'spread',
    );
  });

  it('permutes its rows with the batch', () => {
    const [a, b, c] = [
      [0, 0],
      [1, 0],
      [0, 0.5],
    ] as [number[], number[], number[]];
    const straight = closeness([...a, ...b, ...c]);
    const turned = closeness([...c, ...a, ...b]);
    expectClose(turned, [...straight.slice(4), ...straight.slice(0, 4)], 1e-12, 'permuted');
  });
});
