import {
  conv,
  decodeOnnx,
  encodeOnnx,
  evaluate,
  grad,
  graph,
  input,
  numbersOf,
  scan,
  sum,
  topK,
  type Value,
  valueOf,
} from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { lowerForCpu } from './lower-for-cpu.js';

it('keeps operators with several results, and loops, as one node each', () => {
  const x = input('x', [1, 2, 4, 4]);
  const w = input('w', [3, 2, 3, 3]);
  const { values, indices } = topK(conv(x, w), 2, { axis: 1 });
  const { state, outputs } = scan({ init: [values], length: 3 }, ([s]) => {
    const next = (s as typeof values).mul(0.5).add(values);
    return { state: [next], outputs: [next] };
  });
  const y = sum((state[0] as typeof values).square()).add(sum(outputs[0] as typeof values));
  const [dw] = grad(y, [w]);
  const program = graph({ outputs: { y, dw, indices } });
  const lowered = lowerForCpu(program);
  expect(lowered).not.toBe(program);
  const numbers = (n: number, k: number): number[] =>
    Array.from({ length: n }, (_, i) => Math.sin(k * i + 1));
  const feeds = { x: valueOf(numbers(32, 1.3), [1, 2, 4, 4]), w: valueOf(numbers(54, 0.7), [3, 2, 3, 3]) };
  const [wanted, got] = [evaluate(program, feeds), evaluate(lowered, feeds)];
  expect(got.indices).toEqual(wanted.indices);
  numbersOf(wanted.dw as Value).forEach((number, i) => {
    expect(numbersOf(got.dw as Value)[i]).toBeCloseTo(number, 3);
  });
  const names = (bytes: Uint8Array): string[] =>
    new TextDecoder('latin1').decode(bytes).match(/TopK_\d+|(gradient\/)?Scan_\d+/g) ?? [];
  expect(new Set(names(encodeOnnx(lowered)))).toEqual(new Set(['TopK_1', 'Scan_1', 'gradient/Scan_1']));
  expect(Object.keys(decodeOnnx(encodeOnnx(lowered)).outputs)).toEqual(['y', 'dw', 'indices']);
});
