/**
 * JSON in which infinite numbers and NaN are the strings `"Infinity"`, `"-Infinity"` and `"NaN"`, which `Number` (and Python's `float`)
 * reads back; plain JSON would say `null`. The PSNR of equal images is infinite, and so is a divergence of laws that do not overlap.
 */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(
    value,
    (_key, x: unknown) => (typeof x === 'number' && !Number.isFinite(x) ? String(x) : x),
    indent,
  );
