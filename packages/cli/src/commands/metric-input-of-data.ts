import type { Backend, Dataset, MetricInput } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';

/** Examples read at a time. */
const batch = 250;

/**
 * What a metric measures where the samples are a dataset themselves (a folder of generated images): its examples in order, compared with
 * another dataset. Samples count as made for the examples of the same places where there are equally many.
 */
export const metricInputOfData = (
  samples: Dataset,
  dataset: Dataset,
  backend: Backend,
  seed: number,
): MetricInput => ({
  dataset,
  backend,
  state: {},
  seed,
  paired: samples.length === dataset.length,
  samples: async function* (count) {
    const [field] = Object.keys(samples.fields) as [string];
    const end = Math.min(count, samples.length);
    for (let from = 0; from < end; from += batch) {
      const indices = Array.from({ length: Math.min(batch, end - from) }, (_, i) => from + i);
      yield (await samples.read(indices))[field] as Value;
    }
  },
});
