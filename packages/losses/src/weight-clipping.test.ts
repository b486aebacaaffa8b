import { type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { weightClipping } from './weight-clipping.js';

describe('weightClipping', () => {
  const numbers = [-3, -0.02, -0.005, 0, 0.01, 0.5];
  const clipped = (options?: Parameters<typeof weightClipping>[0]) => {
    const bench = createWorkbench({ training: true });
    const kernel = bench.symbol('kernel', valueOf(numbers, [2, 3], 'float64'));
    const bias = bench.symbol('bias', valueOf([1, -1]));
    const next = weightClipping(options).project?.({ layer: { kernel, bias } }) as {
      readonly layer: { readonly kernel: Tensor; readonly bias: Tensor };
    };
    return bench.evaluate([next.layer.kernel, next.layer.bias]) as [Value, Value];
  };

  it('brings every parameter back to [-c, c]', () => {
    const [kernel, bias] = clipped();
    expectClose(kernel, [-0.01, -0.01, -0.005, 0, 0.01, 0.01], 1e-12, 'kernel');
    expectClose(bias, [0.01, -0.01], 1e-9, 'bias');
  });

  it('takes bounds that are not symmetric', () => {
    expectClose(clipped({ low: -0.02, high: 0.2 })[0], [-0.02, -0.02, -0.005, 0, 0.01, 0.2], 1e-9, 'kernel');
    expect(() => weightClipping({ low: 1, high: 0.5 })).toThrow(/low < high/);
  });

  it('adds nothing to the loss', () => {
    const bench = createWorkbench({ training: true });
    const x = bench.symbol('x', valueOf([1], [1, 1]));
    const rest = { real: x, fake: x, realLogits: x, fakeLogits: x, ctx: bench.ctx };
    const penalty = weightClipping().penalty({ discriminate: (y) => y, ...rest });
    expectClose(bench.evaluate([penalty])[0] as Value, [0], 0, 'penalty');
  });
});
