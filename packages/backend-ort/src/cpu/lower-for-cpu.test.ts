import { backendCases, sample } from '@ganymede/testing';
import { conv, gemm, graph, input, optimize } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { expectSameMeaning } from '../../test/expect-same-meaning.js';
import { lowerForCpu } from './lower-for-cpu.js';

describe('lowerForCpu', () => {
  for (const { name, build, feeds, options } of backendCases) {
    it(`keeps the meaning of: ${name}`, () => {
      const program = graph({ outputs: build() });
      for (const fed of feeds) {
        const values = { ...fed, ...options?.constants };
        expectSameMeaning(program, lowerForCpu(program), values);
        expectSameMeaning(program, optimize(lowerForCpu(optimize(program))), values);
      }
    });
  }

  it('changes nothing but tall products in graphs without a convolution, and nothing with named dimensions', () => {
    const x = input('x', [3], 'float32');
    const tall = gemm(input('a', [2000, 200], 'float32'), input('b', [2000, 3], 'float32'), { transA: true });
    const plain = graph({ outputs: { y: x.mul(2) } });
    expect(lowerForCpu(plain)).toBe(plain);
    const { outputs } = lowerForCpu(graph({ outputs: { ...plain.outputs, tall } }));
    expect(outputs.y).toBe(plain.outputs.y);
    expect(outputs.tall?.operator.name).toBe('Reshape');
    const w = input('w', [4, 2, 3, 3], 'float32');
    const named = graph({ outputs: { y: conv(input('x', ['N', 2, 8, 8], 'float32'), w) } });
    expect(lowerForCpu(named)).toBe(named);
  });

  it('keeps the layer that a node belongs to', () => {
    const program = graph({
      outputs: { y: conv(input('x', [1, 2, 8, 8], 'float32'), input('w', [4, 2, 3, 3], 'float32')) },
    });
    const { nodes } = lowerForCpu(program);
    expect(new Set(nodes.filter(({ inputs }) => inputs.length > 0).map(({ scope }) => scope))).toEqual(
      new Set(['']),
    );
    expectSameMeaning(program, lowerForCpu(program), {
      x: sample([1, 2, 8, 8], 1),
      w: sample([4, 2, 3, 3], 2),
    });
  });
});
