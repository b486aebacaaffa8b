import { createRng, type Dataset, type FieldSpec } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';

const rng = createRng(1);

/** A dataset for its shapes: the time of a step does not depend on what the data show. */
export const datasetOf = (fields: Readonly<Record<string, FieldSpec>>): Dataset => ({
  summary: 'noise',
  length: 1 << 20,
  fields,
  read: async () => ({}),
  hash: async () => '',
});

/** Numbers uniform on [-1, 1), another draw for each `call`. */
export const uniformNumbers = (shape: readonly number[], call: number): Value =>
  rng.child('uniform').draw(shape, { kind: 'uniform', low: -1, high: 1 }, call);

/** Whole numbers below `count`, another draw for each `call`. */
export const wholeNumbers = (shape: readonly number[], count: number, call: number): Value =>
  rng.child('whole').draw(shape, { kind: 'integers', high: count }, call);

/** Four batches that take turns. */
export const fourBatches = (batch: (call: number) => Readonly<Record<string, Value>>) =>
  [0, 1, 2, 3].map(batch);
