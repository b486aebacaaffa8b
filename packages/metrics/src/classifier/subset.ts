import type { Dataset } from '@ganymede/core';

/** The examples of `dataset` at `indices`, as a dataset of their own. */
export const subset = (dataset: Dataset, indices: Uint32Array): Dataset => ({
  summary: `${indices.length} of ${dataset.summary}`,
  length: indices.length,
  fields: dataset.fields,
  read: (wanted) => dataset.read(Array.from(wanted, (i) => indices[i] as number)),
  hash: () => dataset.hash(),
});
