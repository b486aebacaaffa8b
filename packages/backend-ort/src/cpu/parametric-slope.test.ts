import { conv, grad, graph, input, prelu, type Tensor, valueOf } from '@ganymede/tensor';
import { expect, test } from 'vitest';
import { expectSameMeaning, operatorCounts } from '../../test/expect-same-meaning.js';
import { lowerForCpu } from './lower-for-cpu.js';

const wave = (shape: readonly number[]) =>
  valueOf(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i * 1.7)),
    shape,
  );
const x = input('x', [4, 2, 16, 16]);
const w = input('w', [5, 2, 3, 3]);

test.each([{ shape: [1] }, { shape: [5, 1, 1] }])(
  'a learned slope $shape and its gradients, without a selection',
  ({ shape }) => {
    const slope = input('slope', shape);
    const y = prelu(conv(x, w, { pads: 1 }), slope);
    const [dx, dw, ds] = grad(y.square().sum(), [x, w, slope]) as [Tensor, Tensor, Tensor];
    const program = graph({ outputs: { y, dx, dw, ds } });
    const lowered = lowerForCpu(program);
    expectSameMeaning(program, lowered, {
      x: wave([4, 2, 16, 16]),
      w: wave([5, 2, 3, 3]),
      slope: valueOf(shape[0] === 1 ? [0.25] : [0.25, -0.5, 1.5, 0, 1], shape),
    });
    expect(operatorCounts(program)).toMatchObject({ PRelu: 1, Where: 2 });
    expect(operatorCounts(lowered)).not.toHaveProperty('PRelu');
    expect(operatorCounts(lowered)).not.toHaveProperty('Where');
  },
);
