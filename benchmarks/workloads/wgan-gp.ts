import { adversarial, dcganGenerator, normal as normalLatent } from '@ganymede/continuous';
import { gradientPenalty, wasserstein } from '@ganymede/losses';
import { adam, conv2d, dense, flatten, leakyRelu, normal, sequential } from '@ganymede/nn';
import type { Workload } from '../workload.js';
import { adversarialWork } from './adversarial-work.js';
import { datasetOf } from './random-data.js';

const batch = 64;
const width = 64;

/** DCGAN's networks, no batch norm in the critic; the penalty needs a gradient of a gradient. */
export const wganGp: Workload = {
  name: 'wgan-gp-28',
  title: `WGAN-GP-28, batch ${batch}`,
  create() {
    const shape = [1, 28, 28];
    const image = { channels: 1, height: 28, width: 28 };
    const kernelInit = normal(0.02);
    const down = (filters: number) => conv2d(filters, { kernel: 4, stride: 2, kernelInit });
    const optimizer = adam({ rate: 1e-4, beta1: 0, beta2: 0.9 });
    const algorithm = adversarial(
      {
        latent: normalLatent(100),
        generator: dcganGenerator({ width, image }),
        discriminator: sequential(
          down(width),
          leakyRelu(0.2),
          down(2 * width),
          leakyRelu(0.2),
          flatten(),
          dense(1, { kernelInit }),
        ),
        loss: wasserstein(),
        regularizers: [gradientPenalty()],
        optimizers: { generator: optimizer, discriminator: optimizer },
      },
      { data: datasetOf({ images: { dtype: 'float32', shape } }), batchSize: batch },
    );
    return adversarialWork(algorithm, [batch, ...shape]);
  },
  torch: { work: 'wgan-gp', settings: { batch, width } },
};
