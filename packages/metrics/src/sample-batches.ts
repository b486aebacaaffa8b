import { type Dataset, createRng } from '@ganymede/core';
import { firstNonFinite, GanymedeError, type Value } from '@ganymede/tensor';

const batch = 250;

/** `count` examples' first field (all, where there are fewer) in an order that depends on the seed, in batches. */
export async function* realSamples(dataset: Dataset, count: number, seed: number): AsyncIterable<Value> {
  const [field] = Object.keys(dataset.fields) as [string];
  const order = createRng(seed).child('metric').permutation(dataset.length).subarray(0, count);
  for (let from = 0; from < order.length; from += batch) {
    const examples = await dataset.read(order.subarray(from, from + batch));
    yield examples[field] as Value;
  }
}

/** Passes samples on; throws `GANYMEDE_SAMPLES_NON_FINITE` for a NaN or infinity, of which no metric could say anything. */
export async function* finite(samples: AsyncIterable<Value>): AsyncIterable<Value> {
  let seen = 0;
  for await (const value of samples) {
    const at = firstNonFinite(value);
    if (at >= 0) {
      const row = seen + Math.floor(at / (value.data.length / Math.max(value.shape[0] ?? 1, 1)));
      throw new GanymedeError('GANYMEDE_SAMPLES_NON_FINITE', {
        message: `sample ${row} holds a NaN or infinity`,
        hint: 'the generator has diverged: measure an earlier checkpoint',
        data: { sample: row },
      });
    }
    seen += value.shape[0] ?? 0;
    yield value;
  }
}
