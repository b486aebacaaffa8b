import { numbersOf, type Value } from '@ganymede/tensor';
import { expect } from 'vitest';

/**
 * Asserts |actual − expected| ≤ tolerance · max(1, |expected|) for every element; a failure names the worst one. NaN never
 * passes.
 */
export function expectClose(
  actual: Value | ArrayLike<number> | number,
  expected: Value | ArrayLike<number> | number,
  tolerance: number,
  what = 'value',
): void {
  const a = toList(actual);
  const e = toList(expected);
  expect(a.length, `number of elements of ${what}`).toBe(e.length);
  const excess = a.map((x, i) => {
    const wanted = e[i] as number;
    // Equal infinities differ by NaN.
    return Object.is(x, wanted) ? 0 : Math.abs(x - wanted) / Math.max(1, Math.abs(wanted));
  });
  const bad = excess.findIndex((x) => !(x <= tolerance));
  if (bad < 0) return;
  const worst = excess.reduce((k, x, i) => (x > (excess[k] as number) ? i : k), bad);
  expect.fail(
    `${what}: element ${worst} is ${a[worst]}, expected ${e[worst]} (off by ${excess[worst]}, allowed ${tolerance})`,
  );
}

const toList = (x: Value | ArrayLike<number> | number): readonly number[] =>
  typeof x === 'number' ? [x] : 'dtype' in x ? numbersOf(x) : Array.from(x);
