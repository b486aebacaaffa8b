import { createRng } from '@ganymede/core';
import { seqgan } from '@ganymede/discrete';
import type { Value } from '@ganymede/tensor';
import type { Workload } from '../workload.js';
import { trainedNumbers } from './adversarial-work.js';
import { datasetOf, fourBatches, wholeNumbers } from './random-data.js';

const batch = 64;
const length = 20;
const vocabulary = 5000;
const sizes = { batch, length, vocabulary };
const generatorSizes = { ...sizes, embedding: 32, hidden: 32 };

type StepName = 'likelihood' | 'rollOut' | 'discriminator';

const workload = (
  name: StepName,
  what: string,
  { networks, losses, torch }: { networks: string[]; losses: string[]; torch: Workload['torch'] },
): Workload => ({
  name: `seqgan-${name.toLowerCase()}`,
  title: `SeqGAN ${what}, batch ${batch}, T ${length}, V ${vocabulary}`,
  create() {
    const tokens = { dtype: 'int32', shape: [length], classes: vocabulary } as const;
    const algorithm = seqgan({}, { data: datasetOf({ tokens }), batchSize: batch });
    const state = algorithm.init(createRng(1, 'init'));
    const step = algorithm.steps[name];
    const labels = (call: number): Record<string, Value> =>
      'labels' in step.batch ? { labels: wholeNumbers([batch], 2, call) } : {};
    return {
      step,
      state,
      batches: fourBatches((call) => ({
        tokens: wholeNumbers([batch, length], vocabulary, call),
        ...labels(call),
      })),
      parameters: networks.map((network) => trainedNumbers(state, network)),
      losses,
    };
  },
  torch,
});

export const seqganWorkloads: readonly Workload[] = [
  workload('likelihood', 'maximum likelihood', {
    networks: ['generator'],
    losses: ['nll'],
    torch: { work: 'seqgan-likelihood', settings: generatorSizes },
  }),
  workload('rollOut', 'roll-outs with judgement', {
    networks: ['generator', 'discriminator'],
    losses: [],
    torch: { work: 'seqgan-rollout', settings: generatorSizes },
  }),
  workload('discriminator', 'discriminator', {
    networks: ['discriminator'],
    losses: ['discriminatorLoss'],
    torch: { work: 'seqgan-discriminator', settings: sizes },
  }),
];
