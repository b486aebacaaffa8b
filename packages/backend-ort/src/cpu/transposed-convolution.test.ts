import { sample } from '@ganymede/testing';
import { convTranspose, graph, input, optimize } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { expectSameMeaning, operatorCounts } from '../../test/expect-same-meaning.js';
import { lowerForCpu } from './lower-for-cpu.js';

const x = input('x', [2, 5, 3, 3], 'float32');
const up = (channels: number, kernel: number, strides: number) => {
  const y = convTranspose(x, input('w', [5, channels, kernel, kernel], 'float32'), { strides });
  return graph({ outputs: { y } });
};
const feeds = (channels: number, kernel: number) => ({
  x: sample([2, 5, 3, 3], 1),
  w: sample([5, channels, kernel, kernel], 2),
});

describe('transposedConvolution', () => {
  it('is one product for each set of filter elements that meet', () => {
    const lowered = optimize(lowerForCpu(up(8, 4, 2)));
    // Inside, four phases of 2x2 elements; at the edges fewer elements would do, but they read zeros.
    expect(operatorCounts(lowered)).toMatchObject({ Gemm: 4 });
    expectSameMeaning(up(8, 4, 2), lowered, feeds(8, 4));
  });

  it('adds up the results of single elements where channels are few', () => {
    const lowered = optimize(lowerForCpu(up(1, 4, 2)));
    expect(operatorCounts(lowered)).toMatchObject({ Gemm: 1, ReduceSum: 1 });
    expectSameMeaning(up(1, 4, 2), lowered, feeds(1, 4));
  });

  it('goes through large batches in parts', () => {
    const images = input('images', [5, 64, 32, 32], 'float32');
    const y = convTranspose(images, input('w', [64, 8, 2, 2], 'float32'), { strides: 1 });
    const program = graph({ outputs: { y } });
    const lowered = optimize(lowerForCpu(program));
    expect(operatorCounts(lowered)).toMatchObject({ Gemm: 5 });
    const values = { images: sample([5, 64, 32, 32], 1), w: sample([64, 8, 2, 2], 2) };
    expectSameMeaning(program, lowered, values);
  });

  it('leaves strides beyond the kernel to ONNX Runtime', () => {
    expect(operatorCounts(lowerForCpu(up(8, 2, 3)))).toEqual({ ConvTranspose: 1 });
  });
});
