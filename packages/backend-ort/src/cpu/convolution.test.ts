import { sample } from '@ganymede/testing';
import { conv, grad, graph, input, optimize, type Tensor } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { expectSameMeaning, operatorCounts } from '../../test/expect-same-meaning.js';
import { lowerForCpu } from './lower-for-cpu.js';

const x = input('x', [2, 12, 8, 8], 'float32');
const w = input('w', [10, 12, 4, 4], 'float32');
const feeds = { x: sample([2, 12, 8, 8], 1), w: sample([10, 12, 4, 4], 2) };

describe('convolution', () => {
  it('shares what each window sees between the result and the gradient of its filter', () => {
    const y = conv(x, w, { strides: 2, pads: 1 });
    const program = graph({ outputs: { y, dw: grad(y.square().sum(), [w])[0] as Tensor } });
    const lowered = optimize(lowerForCpu(optimize(program)));
    expect(operatorCounts(lowered)).toMatchObject({ Gather: 1, Gemm: 2 });
    expect(operatorCounts(lowered)).not.toHaveProperty('Conv');
    expectSameMeaning(program, lowered, feeds);
  });

  it('goes through large batches in parts, smaller ones for the gradient of the filter', () => {
    const [images, filter] = [
      input('images', [8, 16, 32, 32], 'float32'),
      input('filter', [9, 16, 3, 3], 'float32'),
    ];
    const y = conv(images, filter, { pads: 1 });
    const program = graph({ outputs: { y, dw: grad(y.square().sum(), [filter])[0] as Tensor } });
    const lowered = optimize(lowerForCpu(optimize(program)));
    expect(operatorCounts(lowered)).toMatchObject({ Gather: 2 + 4, Gemm: 2 + 4 });
    expectSameMeaning(program, lowered, {
      images: sample([8, 16, 32, 32], 1),
      filter: sample([9, 16, 3, 3], 2),
    });
  });

  it('needs no copy for a kernel of one pixel', () => {
    const one = input('one', [10, 12, 1, 1], 'float32');
    const program = graph({ outputs: { y: conv(x, one).relu() } });
    expect(operatorCounts(optimize(lowerForCpu(program)))).not.toHaveProperty('Gather');
    expectSameMeaning(program, lowerForCpu(program), { x: feeds.x, one: sample([10, 12, 1, 1], 3) });
  });

  it('leaves groups to ONNX Runtime', () => {
    const y = conv(x, input('g', [10, 6, 3, 3], 'float32'), { group: 2 });
    expect(operatorCounts(lowerForCpu(graph({ outputs: { y } })))).toEqual({ Conv: 1 });
  });
});
