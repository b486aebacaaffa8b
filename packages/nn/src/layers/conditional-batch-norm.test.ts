import { createRng, createStepContext, treePaths, withConditions } from '@ganymede/core';
import { constant, GanymedeError, input, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { adaInstanceNorm } from './ada-instance-norm.js';
import { relu } from './activations.js';
import { compose } from './compose.js';
import { conditionalBatchNorm } from './conditional-batch-norm.js';
import { conv2d } from './conv2d.js';
import { dense } from './dense.js';
import { instanceNorm } from './instance-norm.js';
import { reshape } from './reshape.js';
import { sequential } from './sequential.js';

const label = { label: { dtype: 'int32', shape: ['N'] } } as const;
const failsWith = (code: string, text: string) =>
  expect.toSatisfy((e) => GanymedeError.is(e, code) && e.message.includes(text));

/** Applies the layer to two channels, told `labels`. */
function told(labels: Tensor) {
  const layer = conditionalBatchNorm({ classes: 3 });
  const bench = createWorkbench();
  const variables = bench.symbols(layer.init(createRng(1), ['N', 2], label), 'v');
  const x = input('x', [labels.shape[0] ?? 1, 2], 'float64');
  return layer.apply(variables, x, withConditions(bench.ctx, { label: labels }));
}

describe('conditionalBatchNorm', () => {
  it('takes labels as whole numbers of any kind, and weights of classes', () => {
    for (const labels of [
      input('l', ['N'], 'int64'),
      input('l', ['N']),
      input('l', ['N', 3], 'float64'),
      constant(valueOf([0, 2], [2], 'int32')),
    ])
      expect(told(labels).shape.at(-1)).toBe(2);
  });

  it('says what labels it takes', () => {
    expect(() => told(input('l', ['N', 4], 'float64'))).toThrow(
      failsWith('GANYMEDE_SHAPE', 'class numbers [batch] or weights [batch, 3], got float64[N, 4]'),
    );
    expect(() => told(input('l', ['N', 3], 'int32'))).toThrow(failsWith('GANYMEDE_SHAPE', 'got int32[N, 3]'));
    expect(() => told(constant(valueOf([0, 3], [2], 'int32')))).toThrow(
      failsWith('GANYMEDE_LABEL', 'from 0 to 2 (3 classes), but label 1 is 3'),
    );
  });

  it('names itself and what it was told where the condition is missing', () => {
    const network = sequential(conv2d(2, { kernel: 3 }), conditionalBatchNorm({ classes: 3 }));
    expect(() => network.init(createRng(1), ['N', 1, 4, 4])).toThrow(
      failsWith('GANYMEDE_CONDITION', 'needs the condition "label", but was told none'),
    );
    const bench = createWorkbench();
    const variables = bench.symbols(network.init(createRng(1), ['N', 1, 4, 4], label), 'v');
    const x = input('x', ['N', 1, 4, 4], 'float64');
    const style = withConditions(bench.ctx, { style: input('s', ['N', 4], 'float64') });
    expect(() => network.apply(variables, x, style)).toThrow(
      failsWith('GANYMEDE_CONDITION', '"norm1" needs the condition "label", but was told "style"'),
    );
  });

  it('wants vectors where there are no classes', () => {
    const layer = conditionalBatchNorm({ condition: 'label' });
    expect(() => layer.init(createRng(1), ['N', 2], label)).toThrow(
      failsWith('GANYMEDE_SHAPE', 'expected the condition "label" as vectors [batch, size], got [N]'),
    );
    expect(() => adaInstanceNorm().init(createRng(1), ['N', 2, 4, 4])).toThrow(
      failsWith('GANYMEDE_CONDITION', '"adaInstanceNorm" needs the condition "style"'),
    );
  });
});

/** A generator in the manner of StyleGAN: latents become a style, which modulates what a constant grows into. */
const styled = () => {
  const block = () => sequential(conv2d(4, { kernel: 3 }), adaInstanceNorm(), relu());
  return compose(
    {
      mapping: sequential(dense(6), relu(), dense(6)),
      start: dense(16),
      body: sequential(reshape([4, 2, 2]), block(), block()),
    },
    (parts, z) => parts.body(parts.start(z.mul(0).add(1)), { style: parts.mapping(z) }),
  );
};

describe('a condition made inside a network', () => {
  it('gives layers below their sizes, and no others', () => {
    const variables = styled().init(createRng(1), ['N', 3]);
    expect(treePaths(variables)).toContain('body/block2/norm1/kernel');
    expect((variables.body as { block1: { norm1: { kernel: Value } } }).block1.norm1.kernel.shape).toEqual([
      6, 8,
    ]);
    const { ctx } = createStepContext({ training: false });
    expect(ctx.conditions).toEqual({});
  });

  it('changes the samples', () => {
    const network = styled();
    const bench = createWorkbench();
    const variables = bench.symbols(network.init(createRng(1), ['N', 3]), 'v');
    const y = network.apply(
      variables,
      bench.symbol('z', createRng(2).draw([2, 3], { kind: 'normal' })),
      bench.ctx,
    );
    const [spread] = bench.evaluate([
      y
        .slice(0, 0, 1)
        .sub(y.slice(0, 1, 2))
        .abs()
        .max(),
    ]);
    expect(Number(spread?.data[0])).toBeGreaterThan(1e-3);
  });

  it('is the plain normalization where the style says nothing', () => {
    const bench = createWorkbench();
    const layer = adaInstanceNorm();
    const types = { style: { dtype: 'float32', shape: ['N', 5] } } as const;
    const variables = bench.symbols(layer.init(createRng(1), ['N', 2, 3, 3], types), 'v');
    const x = bench.symbol('x', createRng(2).draw([2, 2, 3, 3], { kind: 'normal' }));
    const style = bench.symbol('s', valueOf(new Array<number>(10).fill(0), [2, 5]));
    const [a, b] = bench.evaluate([
      layer.apply(variables, x, withConditions(bench.ctx, { style })),
      instanceNorm().apply({}, x, bench.ctx),
    ]);
    expectClose(a as Value, b as Value, 1e-12);
  });
});
