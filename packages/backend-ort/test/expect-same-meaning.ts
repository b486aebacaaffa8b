import { evaluate, type Graph, type Value } from '@ganymede/tensor';
import { expect } from 'vitest';

const numbers = ({ data }: Value): number[] => Array.from(data as ArrayLike<number | bigint>, Number);

/** Evaluates two graphs with the same feeds and expects the same outputs, within 1e-5 + 1e-4 of each number. */
export function expectSameMeaning(expected: Graph, got: Graph, feeds: Readonly<Record<string, Value>>): void {
  expect(Object.keys(got.outputs)).toEqual(Object.keys(expected.outputs));
  const [want, have] = [evaluate(expected, feeds), evaluate(got, feeds)];
  for (const name in want) {
    const [a, b] = [want[name] as Value, have[name] as Value];
    expect([b.dtype, ...b.shape], name).toEqual([a.dtype, ...a.shape]);
    const found = numbers(b);
    numbers(a).forEach((x, i) => {
      expect(Math.abs((found[i] as number) - x), `${name}[${i}]`).toBeLessThan(1e-5 + 1e-4 * Math.abs(x));
    });
  }
}

/** How often each operator occurs in a graph, without inputs and constants. */
export function operatorCounts({ nodes }: Graph): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { operator, inputs } of nodes) {
    if (inputs.length > 0) counts[operator.name] = (counts[operator.name] ?? 0) + 1;
  }
  return counts;
}
