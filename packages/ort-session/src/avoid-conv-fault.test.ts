import { conv, evaluate, graph, input, type Value } from '@ganymede/tensor';
import { expectClose, sample } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { avoidConvFault } from './avoid-conv-fault.js';

const convolution = (channels: number, filters: number, group = 1) => {
  const y = conv(input('x', [2, channels, 5, 5]), input('w', [filters, channels / group, 3, 3]), {
    pads: 1,
    group,
  });
  return graph({ outputs: { y } });
};
const feeds = (channels: number, filters: number) => ({
  x: sample([2, channels, 5, 5], 1),
  w: sample([filters, channels, 3, 3], 2),
});

describe('avoidConvFault', () => {
  it.each([
    [6, 4, 8],
    [9, 12, 12],
    [15, 8, 16],
  ])('computes %d channels and %d filters with %d channels', (channels, filters, padded) => {
    const program = convolution(channels, filters);
    const avoided = avoidConvFault(program);
    expect(avoided.outputs.y?.inputs[1]?.shape[1]).toBe(padded);
    const [expected, got] = [program, avoided].map(
      (one) => evaluate(one, feeds(channels, filters)).y as Value,
    );
    expectClose(got as Value, expected as Value, 1e-4);
  });

  it.each([
    [3, 4, 1],
    [6, 5, 1],
    [12, 4, 1],
    [5, 4, 1],
    [6, 4, 2],
  ])(
    'leaves %d channels, %d filters in %d group(s), which are computed rightly',
    (channels, filters, group) => {
      const program = convolution(channels, filters, group);
      expect(avoidConvFault(program)).toBe(program);
    },
  );
});
