import { numbersOf, type Value, valueOf } from '@ganymede/tensor';

/**
 * Central differences of the scalar function `f` at `at`, in float64: the error is of order step², so a step of 1e-5 agrees with an
 * exact gradient of ordinary size to about 1e-9. `only` limits the elements.
 */
export function finiteDifferences(
  f: (x: Value) => number,
  at: Value,
  { step = 1e-5, only }: { readonly step?: number; readonly only?: readonly number[] } = {},
): readonly number[] {
  const numbers = numbersOf(at);
  const shifted = (i: number, by: number) =>
    f(
      valueOf(
        numbers.map((x, k) => (k === i ? x + by : x)),
        at.shape,
        'float64',
      ),
    );
  return (only ?? numbers.map((_, i) => i)).map((i) => (shifted(i, step) - shifted(i, -step)) / (2 * step));
}
