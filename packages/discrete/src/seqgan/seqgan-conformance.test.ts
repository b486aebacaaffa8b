import { testAlgorithm } from '@ganymede/testing';
import { tokenDataset } from '../oracle/oracle-sequences.js';
import { seqgan } from './seqgan.js';

const sequence = { length: 4, vocabulary: 5, summary: 'counting' };

testAlgorithm({
  name: 'seqgan',
  // Counting upwards from some token, modulo 5.
  data: () =>
    tokenDataset(
      Int32Array.from({ length: 12 * 4 }, (_, i) => (Math.floor(i / 4) * 3 + (i % 4)) % 5),
      sequence,
    ),
  batchSize: 4,
  // All of it: likelihood, the discriminator, and two policy steps with the discriminator between.
  iterations: 100,
  create: (services) =>
    seqgan(
      {
        embedding: 3,
        hidden: 4,
        pretrain: { epochs: 1 },
        discriminator: {
          embedding: 3,
          widths: [1, 2],
          filters: [2, 2],
          samples: 6,
          epochs: 1,
          pretrainRounds: 1,
          rounds: 1,
        },
        rollouts: 2,
        adversarialBatches: 2,
      },
      services,
    ),
});
