import { adversarial, normal as normalLatent } from '@ganymede/continuous';
import type { Network } from '@ganymede/core';
import { hinge } from '@ganymede/losses';
import {
  adam,
  batchNorm,
  compose,
  conv2d,
  dense,
  relu,
  reshape,
  sequential,
  spectralNorm,
  stateless,
  tanh,
} from '@ganymede/nn';
import { averagePool, resizeNearest } from '@ganymede/tensor';
import type { Workload } from '../workload.js';
import { adversarialWork } from './adversarial-work.js';
import { datasetOf } from './random-data.js';

const batch = 16;
const width = 64;

const twice = () => stateless('twice', (x) => resizeNearest(x, 2));
const half = () => stateless('half', (x) => averagePool(x, { kernel: 2, strides: 2 }));
const normed = (kernel: number) => spectralNorm(conv2d(width, { kernel }));

const up = (): Network =>
  compose(
    {
      body: sequential(
        batchNorm(),
        relu(),
        twice(),
        conv2d(width, { kernel: 3 }),
        batchNorm(),
        relu(),
        conv2d(width, { kernel: 3 }),
      ),
      skip: sequential(conv2d(width, { kernel: 1 }), twice()),
    },
    ({ body, skip }, x) => body(x).add(skip(x)),
  );

const down = (start: readonly Network[], smaller: boolean): Network => {
  const body = [...start, normed(3), relu(), normed(3)];
  return smaller
    ? compose({ body: sequential(...body, half()), skip: sequential(half(), normed(1)) }, (parts, x) =>
        parts.body(x).add(parts.skip(x)),
      )
    : compose({ body: sequential(...body) }, (parts, x) => parts.body(x).add(x));
};

/** SN-GAN's residual networks for 32 pixels (Miyato et al. 2018, table 4), narrower. */
export const resnet32: Workload = {
  name: 'sn-resnet-32',
  title: `Spectrally normalised ResNet-32, width ${width}, batch ${batch}`,
  create() {
    const shape = [3, 32, 32];
    const optimizer = adam({ rate: 2e-4, beta1: 0, beta2: 0.9 });
    const algorithm = adversarial(
      {
        latent: normalLatent(128),
        generator: sequential(
          dense(16 * width),
          reshape([width, 4, 4]),
          up(),
          up(),
          up(),
          batchNorm(),
          relu(),
          conv2d(3, { kernel: 3 }),
          tanh(),
        ),
        discriminator: sequential(
          down([], true),
          down([relu()], true),
          down([relu()], false),
          down([relu()], false),
          relu(),
          stateless('pool', (x) => x.sum([2, 3])),
          spectralNorm(dense(1)),
        ),
        loss: hinge(),
        optimizers: { generator: optimizer, discriminator: optimizer },
      },
      { data: datasetOf({ images: { dtype: 'float32', shape } }), batchSize: batch },
    );
    return adversarialWork(algorithm, [batch, ...shape]);
  },
  torch: { work: 'resnet-32', settings: { batch, width } },
};
