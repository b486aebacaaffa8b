import { expect } from 'vitest';
import { evaluate } from '../src/evaluate.js';
import type { Graph } from '../src/graph/graph.js';
import { numbersOf, type Value } from '../src/value.js';

/** Expects both graphs to compute the same numbers, bit for bit but for the sign of zeros, under the same names. */
export function expectSameResults(actual: Graph, wanted: Graph, feeds: Record<string, Value>): void {
  const results = evaluate(actual, feeds);
  for (const [name, value] of Object.entries(evaluate(wanted, feeds))) {
    const other = results[name] as Value;
    expect(other.dtype, name).toBe(value.dtype);
    expect(other.shape, name).toEqual(value.shape);
    const positive = (x: number): number => x + 0;
    expect(numbersOf(other).map(positive), name).toEqual(numbersOf(value).map(positive));
  }
  expect(Object.keys(results)).toEqual(Object.keys(wanted.outputs));
}

/** How often each operator occurs. */
export function operatorCounts({ nodes }: Graph): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { operator } of nodes) counts[operator.name] = (counts[operator.name] ?? 0) + 1;
  return counts;
}
