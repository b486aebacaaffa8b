import { createRng, type Dataset } from '@ganymede/core';
import { gradientPenalty, hinge, r1 } from '@ganymede/losses';
import {
  adam,
  conv2d,
  dense,
  dropout,
  flatten,
  leakyRelu,
  reshape,
  rmsprop,
  sequential,
  spectralNorm,
  tanh,
} from '@ganymede/nn';
import { testAlgorithm } from '@ganymede/testing';
import { value } from '@ganymede/tensor';
import { adversarial } from './adversarial.js';
import { dcgan } from './dcgan/dcgan.js';
import { normal } from './latent.js';
import { alternating } from './update-schedule.js';

/** Random images in [-1, 1]. */
const images = (channels: number, size: number, length = 7): Dataset => {
  const each = channels * size * size;
  const pixels = createRng(3).draw([length * each], { kind: 'uniform', low: -1, high: 1 })
    .data as Float32Array;
  return {
    summary: 'random images',
    length,
    fields: { images: { dtype: 'float32', shape: [channels, size, size] } },
    read: async (indices) => {
      const data = new Float32Array(indices.length * each);
      Array.from(indices).forEach((index, i) => {
        data.set(pixels.subarray(index * each, (index + 1) * each), i * each);
      });
      return { images: value('float32', [indices.length, channels, size, size], data) };
    },
    hash: async () => 'random',
  };
};

testAlgorithm({
  name: 'dcgan',
  data: () => images(1, 28),
  batchSize: 2,
  create: (services) => dcgan({ width: 2, latent: 5, ema: 0.9 }, services),
});

// Everything at once: two critic updates, hinge, two regularizers, spectral norm, dropout, an average, two optimizers.
testAlgorithm({
  name: 'a composed GAN',
  data: () => images(2, 6),
  batchSize: 3,
  iterations: 4,
  create: (services) =>
    adversarial(
      {
        latent: normal(3),
        generator: sequential(spectralNorm(dense(2 * 6 * 6)), reshape([2, 6, 6]), tanh()),
        discriminator: sequential(
          ...[spectralNorm(conv2d(3, { kernel: 3, stride: 2 })), leakyRelu(0.2), dropout(0.3)],
          ...[flatten(), spectralNorm(dense(1))],
        ),
        loss: hinge(),
        regularizers: [r1({ gamma: 0.5 }), gradientPenalty({ weight: 1 })],
        optimizers: { generator: adam({ rate: 1e-3 }), discriminator: rmsprop({ rate: 1e-3 }) },
        schedule: alternating({ discriminator: 2 }),
        ema: 0.8,
      },
      services,
    ),
});
