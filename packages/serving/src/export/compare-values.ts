import { formatShape, GanymedeError, sameShape, type Value } from '@ganymede/tensor';

/** Largest differences between two values, element by element. */
export interface Difference {
  readonly maxAbsolute: number;
  /** |difference| / max(|expected|, 1e-3): below that, a number is as good as zero. */
  readonly maxRelative: number;
}

/** Compares `actual` with `expected`. Throws `GANYMEDE_EXPORT_MISMATCH` for another shape or dtype, NaN or infinity. */
export function compareValues(name: string, expected: Value, actual: Value | undefined): Difference {
  if (!actual || actual.dtype !== expected.dtype || !sameShape(actual.shape, expected.shape)) {
    const came = actual ? `${actual.dtype} ${formatShape(actual.shape)}` : 'nothing';
    throw mismatch(
      `output "${name}" is ${came}, the trainer's is ${expected.dtype} ${formatShape(expected.shape)}`,
    );
  }
  let maxAbsolute = 0;
  let maxRelative = 0;
  for (let i = 0; i < expected.data.length; i++) {
    const [x, y] = [Number(expected.data[i]), Number(actual.data[i])];
    const difference = Math.abs(x - y);
    if (!Number.isFinite(difference)) throw mismatch(`output "${name}" holds numbers that are not finite`);
    maxAbsolute = Math.max(maxAbsolute, difference);
    maxRelative = Math.max(maxRelative, difference / Math.max(Math.abs(x), 1e-3));
  }
  return { maxAbsolute, maxRelative };
}

export const mismatch = (what: string, data: Readonly<Record<string, unknown>> = {}): GanymedeError =>
  new GanymedeError('GANYMEDE_EXPORT_MISMATCH', {
    message: `the exported model does not do what the trained one does: ${what}`,
    hint: 'nothing was written. If the samples themselves are not finite, export an earlier checkpoint; otherwise please report this',
    data,
  });
