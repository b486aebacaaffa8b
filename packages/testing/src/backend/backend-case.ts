import type { CompileOptions } from '@ganymede/core';
import { type Dtype, type Tensor, type Value, valueOf } from '@ganymede/tensor';

/** One program that every backend must compute as the reference interpreter does. */
export interface BackendCase {
  readonly name: string;
  readonly build: () => Readonly<Record<string, Tensor>>;
  /** One entry per run of the compiled program. */
  readonly feeds: readonly Readonly<Record<string, Value>>[];
  readonly options?: CompileOptions;
  /** Allowed difference: `absolute + relative * |expected|`. @defaultValue { absolute: 1e-5, relative: 1e-4 } */
  readonly tolerance?: { readonly absolute: number; readonly relative: number };
}

/** Reproducible numbers in about [-1, 1] times `scale`, different for each `seed`; never within 1e-3 of 0. */
export function sample(shape: readonly number[], seed: number, scale = 1): Value {
  const length = shape.reduce((n, d) => n * d, 1);
  const numbers = Array.from({ length }, (_, i) => {
    const x = Math.sin(12.9898 * (i + 1) + 78.233 * (seed + 1)) * 43758.5453;
    const centred = 2 * (x - Math.floor(x)) - 1;
    return scale * (Math.abs(centred) < 1e-3 ? 1e-3 : centred);
  });
  return valueOf(numbers, shape);
}

/** Whole numbers from 0 to `below - 1`. */
export function wholes(shape: readonly number[], seed: number, below: number, dtype: Dtype = 'int64'): Value {
  const spread = sample(shape, seed).data as Float32Array;
  return valueOf(
    Array.from(spread, (x) => Math.min(below - 1, Math.floor(((x + 1) / 2) * below))),
    shape,
    dtype,
  );
}
