import { dcgan } from '@ganymede/continuous';
import type { Workload } from '../workload.js';
import { adversarialWork } from './adversarial-work.js';
import { datasetOf } from './random-data.js';

/** DCGAN's training step at a resolution and batch size. */
export function dcganWorkload(size: 28 | 64, batch: number, width = 64): Workload {
  const shape = [size === 28 ? 1 : 3, size, size];
  return {
    name: `dcgan-${size}`,
    title: `DCGAN-${size}, batch ${batch}`,
    create() {
      const data = datasetOf({ images: { dtype: 'float32', shape } });
      return adversarialWork(dcgan({ width }, { data, batchSize: batch }), [batch, ...shape]);
    },
    torch: { work: 'dcgan', settings: { size, batch, width } },
  };
}
