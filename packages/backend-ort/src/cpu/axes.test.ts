import { conv, graph, input, optimize } from '@ganymede/tensor';
import { sample } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { expectSameMeaning, operatorCounts } from '../../test/expect-same-meaning.js';
import { lowerForCpu } from './lower-for-cpu.js';

const y = conv(input('x', [8, 3, 8, 8]), input('w', [5, 3, 3, 3]), { pads: 1 });
const feeds = { x: sample([8, 3, 8, 8], 1), w: sample([5, 3, 3, 3], 2) };

describe('reductions of images with channels last', () => {
  it('keep their axes apart, in every combination', () => {
    for (const axes of [[0], [1], [2], [3], [0, 1], [1, 3], [0, 2, 3], [1, 2, 3], [0, 1, 2, 3]]) {
      for (const keepDims of [true, false]) {
        const program = graph({ outputs: { mean: y.mean(axes, keepDims), most: y.max(axes, keepDims) } });
        expectSameMeaning(program, optimize(lowerForCpu(program)), feeds);
      }
    }
  });

  it('add up per channel by a product with ones', () => {
    const lowered = optimize(lowerForCpu(graph({ outputs: { sum: y.sum([0, 2, 3]) } })));
    expect(operatorCounts(lowered)).toMatchObject({ Gemm: 2 });
    expect(operatorCounts(lowered)).not.toHaveProperty('ReduceSum');
  });

  it('go through transposes and expands without a copy', () => {
    const last = y.transpose([0, 2, 3, 1]);
    const program = graph({
      outputs: { last, wide: y.mean(1, true).expand([8, 5, 8, 8]).mul(y.mean(1, true)) },
    });
    const lowered = optimize(lowerForCpu(program));
    expect(lowered.outputs.last?.operator.name).toBe('Reshape');
    expectSameMeaning(program, lowered, feeds);
  });
});
