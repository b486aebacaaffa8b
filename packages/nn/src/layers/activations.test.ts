import type { Network } from '@ganymede/core';
import { type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testNetwork } from '@ganymede/testing';
import { describe, it } from 'vitest';
import { elu, leakyRelu, relu, sigmoid, tanh } from './activations.js';

const at = [-2, -0.5, 0, 0.5, 2];
const table: readonly (readonly [string, () => Network, (x: number) => number])[] = [
  ['relu', relu, (x) => Math.max(x, 0)],
  ['leakyRelu', () => leakyRelu(0.1), (x) => (x < 0 ? 0.1 * x : x)],
  ['leakyRelu by default', leakyRelu, (x) => (x < 0 ? 0.2 * x : x)],
  ['tanh', tanh, Math.tanh],
  ['sigmoid', sigmoid, (x) => 1 / (1 + Math.exp(-x))],
  ['elu', elu, (x) => (x < 0 ? Math.expm1(x) : x)],
];

for (const [name, create] of table) testNetwork({ name, create, input: [3, 2], output: [3, 2] });

describe('activations', () => {
  it.each(table)('%s', (_, create, f) => {
    const bench = createWorkbench();
    const [y] = bench.evaluate([create().apply({}, bench.symbol('x', valueOf(at)), bench.ctx)]);
    expectClose(y as Value, at.map(f), 1e-7);
  });
});
