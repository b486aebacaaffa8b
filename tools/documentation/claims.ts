import { expect } from 'vitest';

const isNumeric = (x: unknown): x is Float32Array => ArrayBuffer.isView(x) && !(x instanceof DataView);

/** Typed arrays as plain ones, and numbers as exact as a float32 is: 0.1 stands for what `Math.fround(0.1)` gives. */
function readable(x: unknown): unknown {
  if (typeof x === 'number') return Number.isFinite(x) ? Number(x.toPrecision(6)) : x;
  if (isNumeric(x)) return Array.from(x, readable);
  if (Array.isArray(x)) return x.map(readable);
  if (typeof x === 'object' && x !== null && Object.getPrototypeOf(x) === Object.prototype)
    return Object.fromEntries(Object.entries(x).map(([key, inner]) => [key, readable(inner)]));
  return x;
}

/** `expression; // => expected` */
export function expectClaim(actual: unknown, expected: unknown): void {
  expect(readable(actual)).toEqual(readable(expected));
}

/** `expression; // throws GANYMEDE_CODE` */
export async function expectThrows(call: () => unknown, code: string): Promise<void> {
  const result = Promise.resolve().then(call);
  await expect(result).rejects.toMatchObject({ code });
}
