import { createRng } from '@ganymede/core';
import { isFloating, resolveShape, type Value } from '@ganymede/tensor';
import type { Manifest } from './manifest.js';
import { sampleInputs } from './sample-inputs.js';

/** Sizes at which networks that take any are checked: even and odd, high and wide, different from check to check. */
const tried = [
  [12, 16],
  [15, 9],
  [8, 8],
] as const;

/** Names of dimensions besides the batch, such as `H` and `W` of a fully convolutional network. */
export function freeSizes(manifest: Pick<Manifest, 'inputs'>): string[] {
  const names = manifest.inputs.flatMap(({ shape }) =>
    shape.flatMap((d) => (typeof d === 'string' ? d.split('*').filter((part) => !/^\d+$/.test(part)) : [])),
  );
  return [...new Set(names)].filter((name) => name !== 'N');
}

/** What the named dimensions besides the batch stand for in check number `k`. */
export const triedSizes = (manifest: Pick<Manifest, 'inputs'>, k: number): Record<string, number> =>
  Object.fromEntries(
    freeSizes(manifest).map((name, i) => [name, tried[k % tried.length]?.[i % 2] ?? tried[0][0]]),
  );

/**
 * Inputs to check a model with: latents as sampling draws them, classes in turn, and for conditions that are images numbers in
 * [-1, 1].
 */
export function probeInputs(
  manifest: Manifest,
  { count, seed, sizes }: { count: number; seed: number; sizes: Readonly<Record<string, number>> },
): Record<string, Value> {
  const bindings = new Map([['N', count], ...Object.entries(sizes)]);
  const rng = createRng(seed).child('probe');
  const images = manifest.inputs.filter(
    ({ role, dtype, classes }) => role === 'condition' && classes === undefined && isFloating(dtype),
  );
  const conditions = images.map(({ name, shape }) => [
    name,
    rng.child(name).draw(resolveShape(shape, bindings), { kind: 'uniform', low: -1, high: 1 }),
  ]);
  return sampleInputs(manifest, { count, seed, sizes, conditions: Object.fromEntries(conditions) });
}
