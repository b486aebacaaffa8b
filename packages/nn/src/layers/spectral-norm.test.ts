import { createRng, type Tree } from '@ganymede/core';
import { constant, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testNetwork } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { expectFixture, layerFixture, unpack } from '../../test/fixture.js';
import { leakyRelu, relu } from './activations.js';
import { conv2d } from './conv2d.js';
import { convTranspose2d } from './conv-transpose2d.js';
import { dense } from './dense.js';
import { sequential } from './sequential.js';
import { spectralNorm } from './spectral-norm.js';

testNetwork({ name: 'spectralNorm of dense', create: () => spectralNorm(dense(3)), input: [4], output: [3] });
testNetwork({
  name: 'spectralNorm of conv2d',
  create: () => spectralNorm(conv2d(3, { kernel: 3 })),
  input: [2, 4, 4],
  output: [3, 4, 4],
});
testNetwork({
  name: 'spectralNorm of convTranspose2d',
  create: () => spectralNorm(convTranspose2d(3, { kernel: 4, stride: 2 })),
  input: [2, 2, 2],
  output: [3, 4, 4],
});

/** Park and Miller's generator, as in layers.py. */
function uniforms(count: number, shift: number): Float64Array {
  let state = 1;
  return Float64Array.from({ length: count }, () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647 - shift;
  });
}

/** `u` after `iterations` training steps on an unchanging kernel. */
function iterate(kernel: Value, iterations: number): Value {
  const network = spectralNorm(dense(kernel.shape[1] as number, { bias: false }));
  const bench = createWorkbench({ training: true });
  const symbols = bench.symbols({ kernel, u: startOf(kernel) }, 'v');
  network.apply(
    symbols,
    bench.symbol(
      'x',
      valueOf(new Array<number>(kernel.shape[0] as number).fill(0), [1, kernel.shape[0] as number]),
    ),
    bench.ctx,
  );
  let u = startOf(kernel);
  for (let i = 0; i < iterations; i++) {
    [u] = bench.evaluate([bench.bufferUpdates.get('u') as Tensor], { feeds: { 'v/u': u } }) as [Value];
  }
  return u;
}

const startOf = (kernel: Value): Value => {
  const { u } = spectralNorm(dense(kernel.shape[1] as number)).init(createRng(1), [
    1,
    kernel.shape[0] as number,
  ]);
  return u as Value;
};

/** The factor by which the layer divides its kernel, outside training. */
function sigmaOf(kernel: Value, u: Value): number {
  const [rows, columns] = kernel.shape as [number, number];
  const bench = createWorkbench();
  const symbols = bench.symbols({ kernel, u } as Tree<Value>, 'v');
  const x = constant(
    valueOf(
      Array.from({ length: rows }, (_, i) => Number(i === 0)),
      [1, rows],
      'float64',
    ),
  );
  const y = spectralNorm(dense(columns, { bias: false })).apply(symbols, x, bench.ctx);
  const first = Number((bench.evaluate([y])[0] as Value).data[0]);
  return Number(kernel.data[0]) / first;
}

describe('spectralNorm', () => {
  it('finds the largest singular value of a 64 x 128 matrix to 1e-5 in 50 iterations', () => {
    const kernel = valueOf(uniforms(64 * 128, 0.4), [64, 128], 'float64');
    const largest = layerFixture('spectral').largest?.['0.4'] as number;
    expectClose(sigmaOf(kernel, iterate(kernel, 50)) / largest, 1, 1e-5);
  });

  it('finds it in 200 where the second one is 1 % smaller', () => {
    const kernel = valueOf(uniforms(64 * 128, 0.5), [64, 128], 'float64');
    const largest = layerFixture('spectral').largest?.['0.5'] as number;
    expectClose(sigmaOf(kernel, iterate(kernel, 200)) / largest, 1, 1e-5);
  });

  it('has the gradient of kernel / σ with the singular vectors as constants', () => {
    const kernel = unpack(layerFixture('spectral').variables.kernel as never);
    const u = iterate(kernel, 200);
    expectFixture('spectral', spectralNorm(dense(3, { bias: false })), { extra: { u } });
    expectFixture('spectral', spectralNorm(dense(3, { bias: false })), { extra: { u }, training: true });
  });

  it('holds a network to slope 1', () => {
    const layer = (units: number) => spectralNorm(dense(units));
    const network = sequential(layer(16), leakyRelu(0.2), layer(16), leakyRelu(0.2), layer(1));
    let variables = network.init(createRng(1), [1, 2]);
    const settle = createWorkbench({ training: true });
    const symbols = settle.symbols(variables, 'v');
    network.apply(symbols, settle.symbol('x', valueOf([0, 0], [1, 2])), settle.ctx);
    for (let i = 0; i < 60; i++) {
      const paths = [...settle.bufferUpdates.keys()];
      const feeds = Object.fromEntries(paths.map((path) => [`v/${path}`, leafAt(variables, path)]));
      const next = settle.evaluate([...settle.bufferUpdates.values()], { feeds });
      for (const [k, path] of paths.entries()) variables = withLeaf(variables, path, next[k] as Value);
    }
    const bench = createWorkbench();
    const count = 4000;
    const pair = (name: string) =>
      bench.symbol(name, createRng(3).child(name).draw([count, 2], { kind: 'uniform', low: -3, high: 3 }));
    const [a, b] = [pair('a'), pair('b')];
    const settled = bench.symbols(variables, 'v');
    const f = (x: Tensor) => network.apply(settled, x, bench.ctx).reshape([count]);
    const ratio = f(a).sub(f(b)).abs().div(a.sub(b).square().sum(1).sqrt());
    const [steepest] = bench.evaluate([ratio.max()]);
    expect(Number(steepest?.data[0])).toBeLessThanOrEqual(1.001);
    expect(Number(steepest?.data[0])).toBeGreaterThan(0.02);
  });

  it('refuses a layer without a kernel', () => {
    expect(() => spectralNorm(relu()).init(createRng(1), [1, 2])).toThrow(
      'the layer "relu" has no variable "kernel"',
    );
  });
});

const leafAt = (variables: Tree<Value>, path: string): Value => {
  const [part, name] = path.split('/') as [string, string];
  return (variables[part] as Tree<Value>)[name] as Value;
};

const withLeaf = (variables: Tree<Value>, path: string, leaf: Value): Tree<Value> => {
  const [part, name] = path.split('/') as [string, string];
  return { ...variables, [part]: { ...(variables[part] as Tree<Value>), [name]: leaf } };
};
