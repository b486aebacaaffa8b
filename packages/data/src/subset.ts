import { nodeModule } from '@ganymede/core';
import type { Dataset } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';
import { checkIndices } from './check-indices.js';
import { formatCount } from './format-count.js';

const { createHash } = nodeModule('node:crypto');

/**
 * The examples of `dataset` at `indices`, in that order; repeats are allowed. Reads from `dataset`, copies nothing. It has no
 * `source`: a run trained on it is resumed by handing it the data again.
 *
 * @throws `GANYMEDE_DATA_INDEX` an index outside the dataset; `GANYMEDE_DATA_EMPTY` no index
 */
export function subset(dataset: Dataset, indices: ArrayLike<number>): Dataset {
  checkIndices(indices, dataset.length, dataset.summary);
  const chosen = Uint32Array.from(indices);
  if (chosen.length === 0) {
    throw new GanymedeError('GANYMEDE_DATA_EMPTY', {
      message: `a subset of "${dataset.summary}" needs at least one index, got none`,
      hint: 'give the indices of the examples to keep',
    });
  }
  const summary = `${formatCount(chosen.length)} of ${dataset.summary}`;
  return {
    summary,
    length: chosen.length,
    fields: dataset.fields,
    read: async (wanted) => {
      checkIndices(wanted, chosen.length, summary);
      return dataset.read(Uint32Array.from(wanted, (i) => chosen[i] as number));
    },
    hash: async () =>
      createHash('sha256')
        .update(await dataset.hash())
        .update(chosen)
        .digest('hex'),
  };
}
