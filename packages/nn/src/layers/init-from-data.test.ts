import {
  collectExposed,
  createRng,
  createStepContext,
  flattenTree,
  mapTree,
  type Network,
  withConditions,
  withoutBufferUpdates,
  withoutTraining,
} from '@ganymede/core';
import { evaluate, input, numbersOf, type Value, valueOf } from '@ganymede/tensor';
import { expectClose, testNetwork } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { constant } from '../initializers/constant.js';
import { relu } from './activations.js';
import { conv2d } from './conv2d.js';
import { convTranspose2d } from './conv-transpose2d.js';
import { dense } from './dense.js';
import { expose } from './expose.js';
import { initFromData } from './init-from-data.js';
import { instanceNoise } from './instance-noise.js';
import { maxout } from './maxout.js';
import { minibatchDiscrimination } from './minibatch-discrimination.js';
import { sequential } from './sequential.js';
import { weightNorm } from './weight-norm.js';

const faint = createRng(5).draw([200, 6], { kind: 'uniform', low: 0.1, high: 0.3 });

testNetwork({
  name: 'initFromData',
  create: () => initFromData(sequential(weightNorm(dense(3)), relu()), { samples: faint }),
  input: [6],
  output: [3],
});

/** What the network makes of samples with the variables it starts with, and what it exposes, without noise. */
function outputsOf(network: Network, samples: Value): Readonly<Record<string, Value>> {
  const variables = network.init(createRng(1), samples.shape);
  const symbols = mapTree(variables, (v: Value, path) => input(path, v.shape));
  const { ctx, exposed } = collectExposed(withoutTraining(createStepContext({ training: true }).ctx));
  const y = network.apply(symbols, input('x', samples.shape), ctx);
  return evaluate({ ...exposed, y }, { x: samples, ...flattenTree(variables) });
}

/** Mean and variance over samples and positions of each channel, of `[N, C]` or `[N, C, …]`. */
function momentsOf(value: Value): { readonly mean: number[]; readonly variance: number[] } {
  const [count = 1, channels = 1, ...positions] = value.shape;
  const inner = positions.reduce((product, d) => product * d, 1);
  const numbers = numbersOf(value);
  const ofChannel = (c: number) => numbers.filter((_, i) => Math.floor(i / inner) % channels === c);
  const average = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0) / (count * inner);
  const lists = Array.from({ length: channels }, (_, c) => ofChannel(c));
  const mean = lists.map(average);
  return { mean, variance: lists.map((xs, c) => average(xs.map((x) => (x - (mean[c] as number)) ** 2))) };
}

describe('initFromData', () => {
  it('is g = 1/σ and b = −μ/σ of the samples', () => {
    // One input, whose direction is +1: x itself.
    const network = initFromData(weightNorm(dense(1, { kernelInit: constant(3) })), {
      samples: valueOf([1, 9, 1, 9], [4, 1]),
    });
    const { kernel, gain, bias } = network.init(createRng(1), [4, 1]) as Record<string, Value>;
    expectClose(kernel as Value, [3], 0);
    expectClose(gain as Value, [1 / 4], 1e-6);
    expectClose(bias as Value, [-5 / 4], 1e-6);
  });

  it('gives outputs of mean 0 and variance 1, layer by layer', () => {
    const layer = () => weightNorm(dense(7));
    const network = sequential(layer(), expose('first'), relu(), layer(), expose('second'), relu(), layer());
    const before = momentsOf(outputsOf(network, faint).first as Value);
    expect(Math.max(...before.variance)).toBeLessThan(0.1);
    const outputs = outputsOf(initFromData(network, { samples: () => faint }), faint);
    for (const name of ['first', 'second', 'y']) {
      const { mean, variance } = momentsOf(outputs[name] as Value);
      expectClose(mean, Array(7).fill(0), 1e-5, `mean of ${name}`);
      expectClose(variance, Array(7).fill(1), 1e-4, `variance of ${name}`);
    }
  });

  it.each([
    ['conv2d', conv2d(4, { kernel: 3 })],
    ['convTranspose2d', convTranspose2d(4, { kernel: 4, stride: 2 })],
  ] as const)('by channel: %s', (_, layer) => {
    const images = createRng(3).draw([20, 2, 5, 5], { kind: 'uniform', low: 0, high: 0.2 });
    const { y } = outputsOf(initFromData(weightNorm(layer), { samples: images }), images);
    const { mean, variance } = momentsOf(y as Value);
    expectClose(mean, [0, 0, 0, 0], 1e-5, 'mean');
    expectClose(variance, [1, 1, 1, 1], 1e-4, 'variance');
  });

  it('keeps the mean of a layer without a bias', () => {
    const network = weightNorm(dense(3, { bias: false }));
    const { y } = outputsOf(initFromData(network, { samples: faint }), faint);
    const { mean, variance } = momentsOf(y as Value);
    expectClose(variance, [1, 1, 1], 1e-4, 'variance');
    expect(Math.min(...mean.map(Math.abs))).toBeGreaterThan(0.01);
  });

  it('reaches layers through contexts that look on', () => {
    const layer = weightNorm(dense(3));
    const watched: Network = {
      ...layer,
      apply: (variables, x, ctx) =>
        layer.apply(variables, x, withoutBufferUpdates(collectExposed(withConditions(ctx, {})).ctx)),
    };
    const made = (network: Network) =>
      initFromData(network, { samples: faint }).init(createRng(1), faint.shape);
    expect(made(watched)).toEqual(made(layer));
  });

  it('computes with noise, as in training, the same for the same stream', () => {
    const network = sequential(instanceNoise(2), weightNorm(dense(3)));
    const once = () => initFromData(network, { samples: faint }).init(createRng(1), faint.shape);
    expect(once()).toEqual(once());
    // Of mean 0 and variance 1 with the noise, of nearly no variance without.
    const { variance } = momentsOf(outputsOf(initFromData(network, { samples: faint }), faint).y as Value);
    expect(Math.max(...variance)).toBeLessThan(0.01);
  });

  it('leaves alone what does not depend on the samples, and layers that cannot', () => {
    const same = valueOf([1, 1, 1, 1], [4, 1]);
    const constantly = weightNorm(dense(2, { biasInit: 0.5 }));
    expect(
      Number((initFromData(constantly, { samples: same }).init(createRng(1), [4, 1]).gain as Value).data[0]),
    ).toBeCloseTo(Number((constantly.init(createRng(1), [4, 1]).gain as Value).data[0]), 6);
    for (const plain of [dense(2), weightNorm(maxout(2))])
      expect(initFromData(plain, { samples: faint }).init(createRng(1), [200, 6])).toEqual(
        plain.init(createRng(1), [200, 6]),
      );
  });

  it('brings the nearest sample to distance 2 and closeness to mean 0 in minibatch discrimination', () => {
    const network = minibatchDiscrimination({ kernels: 3, dimensions: 2 });
    const made = initFromData(network, { samples: faint });
    const kernel = numbersOf(made.init(createRng(1), faint.shape).kernel as Value);
    const x = numbersOf(faint);
    const image = (i: number, k: number, d: number): number =>
      [0, 1, 2, 3, 4, 5].reduce(
        (sum, a) => sum + (x[6 * i + a] as number) * (kernel[6 * a + 2 * k + d] as number),
        0,
      );
    for (let k = 0; k < 3; k++) {
      const at = Array.from({ length: 200 }, (_, i) => [image(i, k, 0), image(i, k, 1)] as const);
      const nearest = at.map(([a, b], i) =>
        Math.min(
          ...at.map(([c, d], j) => (i === j ? Number.POSITIVE_INFINITY : Math.abs(a - c) + Math.abs(b - d))),
        ),
      );
      expect(nearest.reduce((sum, d) => sum + d, 0) / 200).toBeCloseTo(2, 3);
    }
    const { mean } = momentsOf(outputsOf(made, faint).y as Value);
    expectClose(mean.slice(6), [0, 0, 0], 1e-4, 'closeness');
  });
});
