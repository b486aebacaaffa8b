import {
  conv,
  evaluate,
  grad,
  graph,
  input,
  leakyRelu,
  numbersOf,
  type Tensor,
  type Value,
  valueOf,
} from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { operatorCounts } from '../../test/expect-same-meaning.js';
import { lowerForCpu } from './lower-for-cpu.js';

const x = input('x', [4, 1, 32, 32], 'float32');
const values = [-2, -1e-30, 0, 1e-30, 1e-3, 3e38];
const feeds: Record<string, Value> = {
  x: valueOf(
    Array.from({ length: 4096 }, (_, i) => values[i % values.length] as number),
    [4, 1, 32, 32],
  ),
  w: valueOf([1], [1, 1, 1, 1]),
};

describe('rectifierGradient', () => {
  it.each([0, 0.2])('gives the very numbers of the selection it replaces, at slope %d', (slope) => {
    const y = leakyRelu(x, slope);
    const w = input('w', [1, 1, 1, 1], 'float32');
    const program = graph({ outputs: { dx: grad(y.mul(3).sum(), [x])[0] as Tensor, other: conv(x, w) } });
    const lowered = lowerForCpu(program);
    expect(operatorCounts(program)).toHaveProperty('Where');
    expect(operatorCounts(lowered)).not.toHaveProperty('Where');
    const [want, got] = [evaluate(program, feeds).dx as Value, evaluate(lowered, feeds).dx as Value];
    expect(numbersOf(got).slice(0, values.length)).toEqual(numbersOf(want).slice(0, values.length));
  });
});
