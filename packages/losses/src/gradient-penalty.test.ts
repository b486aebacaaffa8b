import { readFileSync } from 'node:fs';
import type { Regularizer } from '@ganymede/core';
import {
  conv,
  convTranspose,
  grad,
  matmul,
  numbersOf,
  scalarOf,
  type Tensor,
  type Value,
  valueOf,
} from '@ganymede/tensor';
import {
  createWorkbench,
  expectClose,
  finiteDifferences,
  testRegularizer,
  type Workbench,
} from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { gradientPenalty } from './gradient-penalty.js';

testRegularizer({
  name: 'gradientPenalty',
  create: () => gradientPenalty(),
  linear: (slope) => 10 * (slope - 1) ** 2,
});
testRegularizer({
  name: 'gradientPenalty, one-sided, of weight 2 and target 0.5',
  create: () => gradientPenalty({ weight: 2, target: 0.5, oneSided: true }),
  linear: (slope) => 2 * Math.max(slope - 0.5, 0) ** 2,
});

/** fixtures/double-backward.json; see double_backward.py. */
const torch = JSON.parse(
  readFileSync(new URL('../fixtures/double-backward.json', import.meta.url), 'utf8'),
) as {
  readonly penalty: number;
  readonly norms: Readonly<Record<string, number>>;
  readonly first: Readonly<Record<string, readonly number[]>>;
};

const shapes = {
  x: [2, 1, 16, 16],
  w0: [4, 1, 4, 4],
  w1: [8, 4, 4, 4],
  w2: [128, 1],
  k: [8, 3, 4, 4],
} as const;
type Name = keyof typeof shapes;

/** The numbers of double_backward.py: Park and Miller's generator through all shapes in order. */
function sharedNumbers(): Record<Name, Value> {
  let state = 1;
  const next = () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647 - 0.5;
  };
  const entries = Object.entries(shapes).map(([name, shape]) => {
    const count = shape.reduce<number>((product, d) => product * d, 1);
    return [name, valueOf(Float64Array.from({ length: count }, next), shape, 'float64')];
  });
  return Object.fromEntries(entries) as Record<Name, Value>;
}

/** Convolution, leaky ReLU, tanh and transposed convolution. */
const criticOf =
  (w: Readonly<Record<Name, Tensor>>) =>
  (x: Tensor): Tensor => {
    const window = { strides: 2, pads: 1 };
    const h = conv(conv(x, w.w0, window).leakyRelu(0.2), w.w1, window).tanh();
    const up = convTranspose(h, w.k, window).tanh();
    return matmul(h.reshape([2, -1]), w.w2).add(up.square().mean([1, 2, 3]).reshape([2, 1]));
  };

function build(values: Record<Name, Value>) {
  const bench = createWorkbench({ training: true });
  const entries = Object.entries(values).map(([name, v]) => [name, bench.symbol(name, v)]);
  const symbols = Object.fromEntries(entries) as Record<Name, Tensor>;
  const penalty = penaltyOf(gradientPenalty(), bench, criticOf(symbols), symbols.x, symbols.x);
  return { bench, symbols, penalty };
}

const penaltyOf = (
  regularizer: Regularizer,
  bench: Workbench,
  discriminate: (x: Tensor) => Tensor,
  real: Tensor,
  fake: Tensor,
): Tensor =>
  regularizer.penalty({
    discriminate,
    real,
    fake,
    realLogits: discriminate(real),
    fakeLogits: discriminate(fake),
    ctx: bench.ctx,
  });

describe('gradientPenalty through conv, leaky ReLU, tanh and transposed conv', () => {
  const values = sharedNumbers();
  const parameters = ['w0', 'w1', 'w2', 'k'] as const;

  it('has the value and gradients of PyTorch', () => {
    const { bench, symbols, penalty } = build(values);
    const [found, ...gradients] = bench.evaluate([
      penalty,
      ...grad(
        penalty,
        parameters.map((name) => symbols[name]),
      ),
    ]);
    expectClose(found as Value, torch.penalty, 1e-10, 'penalty');
    for (const [i, name] of parameters.entries()) {
      const numbers = numbersOf(gradients[i] as Value);
      const norm = Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0));
      expectClose(norm, torch.norms[name] as number, 1e-10, `norm of the gradient of ${name}`);
      expectClose(numbers.slice(0, 4), torch.first[name] as readonly number[], 1e-10, `gradient of ${name}`);
    }
  });

  it.each(parameters)('has the gradient that finite differences give for %s', (name) => {
    const { bench, symbols, penalty } = build(values);
    const [gradient] = bench.evaluate(grad(penalty, [symbols[name]])) as [Value];
    const only = [0, 1, 17, 40, 63];
    const at = (v: Value) => scalarOf(bench.evaluate([penalty], { feeds: { [name]: v } })[0] as Value);
    const expected = finiteDifferences(at, values[name], { only });
    expectClose(
      only.map((i) => Number(gradient.data[i])),
      expected,
      1e-5,
      `gradient of ${name}`,
    );
  });
});

describe('gradientPenalty', () => {
  it('looks at points on the line between each real and generated sample', () => {
    const bench = createWorkbench({ training: true });
    const real = bench.symbol('real', valueOf([0, 0, 10, 10], [2, 2]));
    const fake = bench.symbol('fake', valueOf([4, 8, 10, 10], [2, 2]));
    let seen: Tensor | undefined;
    const watch = (x: Tensor) => {
      if (x !== real && x !== fake) seen = x;
      return x.sum(1);
    };
    penaltyOf(gradientPenalty(), bench, watch, real, fake);
    const [a, b, c, d] = numbersOf(bench.evaluate([seen as Tensor])[0] as Value) as [
      number,
      number,
      number,
      number,
    ];
    expect(a).toBeGreaterThan(0);
    expect(a).toBeLessThan(4);
    expectClose([b, c, d], [2 * a, 10, 10], 1e-6, 'interpolates');
    expect(bench.noise).toMatchObject([
      { name: 'noise/interpolation', shape: [2, 1], distribution: { kind: 'uniform', low: 0, high: 1 } },
    ]);
  });

  it('takes the norm over channels, height and width, and over all patches', () => {
    const bench = createWorkbench({ training: true });
    const samples = bench.symbol('x', valueOf(new Array<number>(16).fill(1), [2, 2, 2, 2]));
    // Slope 0.5 at each of 8 inputs of a sample, from two patches of 0.25 each: norm √2.
    const patches = (x: Tensor) => x.sum([1, 2, 3]).mul(0.25).reshape([2, 1, 1, 1]).expand([2, 1, 1, 2]);
    const penalty = penaltyOf(gradientPenalty({ weight: 1 }), bench, patches, samples, samples);
    expectClose(bench.evaluate([penalty])[0] as Value, (Math.SQRT2 - 1) ** 2, 1e-12, 'penalty');
  });
});
