import { backendCases } from '@ganymede/testing';
import { evaluate, graph, type Value } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { lowerForCpu } from './lower-for-cpu.js';

const numbers = ({ data }: Value): number[] => Array.from(data as ArrayLike<number | bigint>, Number);

describe('lowerForCpu', () => {
  for (const { name, build, feeds, options } of backendCases) {
    it(`keeps the meaning of: ${name}`, () => {
      const program = graph({ outputs: build() });
      const lowered = lowerForCpu(program);
      expect(Object.keys(lowered.outputs)).toEqual(Object.keys(program.outputs));
      for (const fed of feeds) {
        const values = { ...fed, ...options?.constants };
        const [expected, got] = [evaluate(program, values), evaluate(lowered, values)];
        for (const key in expected) {
          const [want, have] = [expected[key] as Value, got[key] as Value];
          expect([have.dtype, ...have.shape]).toEqual([want.dtype, ...want.shape]);
          const found = numbers(have);
          numbers(want).forEach((x, i) => {
            expect(Math.abs((found[i] as number) - x), `${key}[${i}]`).toBeLessThan(
              1e-5 + 1e-4 * Math.abs(x),
            );
          });
        }
      }
    });
  }
});
