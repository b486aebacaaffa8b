import { conv, grad, graph, input, optimize, type Tensor } from '@ganymede/tensor';
import { sample } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { expectSameMeaning, operatorCounts } from '../../test/expect-same-meaning.js';
import { lowerForCpu } from './lower-for-cpu.js';

const x = input('x', [2, 16, 10, 11], 'float32');
const w = input('w', [3, 16, 5, 3], 'float32');
const bias = input('bias', [3], 'float32');
const feeds = { x: sample([2, 16, 10, 11], 1), w: sample([3, 16, 5, 3], 2), bias: sample([3], 3) };

describe('fewFilters', () => {
  it.each([[0], [[2, 1]], [[1, 0, 3, 2]]])('adds up what the rows of the kernel give: pads %j', (pads) => {
    const program = graph({ outputs: { y: conv(x, w, { pads, bias }) } });
    const lowered = optimize(lowerForCpu(program));
    expect(operatorCounts(lowered)).toMatchObject({ Gemm: 1, ReduceSum: 1 });
    expectSameMeaning(program, lowered, feeds);
  });

  it('leaves strides and many filters to the usual product', () => {
    const strided = graph({ outputs: { y: conv(x, w, { strides: 2 }) } });
    expect(operatorCounts(optimize(lowerForCpu(strided)))).not.toHaveProperty('ReduceSum');
    const many = graph({ outputs: { y: conv(x, input('many', [9, 16, 5, 3], 'float32')) } });
    expect(operatorCounts(optimize(lowerForCpu(many)))).not.toHaveProperty('ReduceSum');
  });
});

describe('fewFilterGradient', () => {
  const images = input('images', [16, 17, 12, 13], 'float32');
  const small = input('small', [2, 17, 12, 11], 'float32');
  const values = { images: sample([16, 17, 12, 13], 4), small: sample([2, 17, 12, 11], 5) };

  it.each([[[1, 0]], [[2, 1, 1, 0]]])('is the convolution of images with images: pads %j', (pads) => {
    const program = graph({ outputs: { y: conv(images, small, { pads }) } });
    const lowered = optimize(lowerForCpu(program));
    expect(operatorCounts(lowered)).not.toHaveProperty('Conv');
    expect(operatorCounts(lowered)).not.toHaveProperty('ReduceSum');
    expectSameMeaning(program, lowered, values);
  });

  it('goes with the forward convolution', () => {
    const y = conv(x, w, { pads: [2, 1], bias });
    const [dx, dw] = grad(y.square().sum(), [x, w]) as [Tensor, Tensor];
    const program = graph({ outputs: { y, dx, dw } });
    expectSameMeaning(program, optimize(lowerForCpu(optimize(program))), feeds);
  });
});
