import type { Algorithm, State } from '@ganymede/core';
import { createRng } from '@ganymede/core';
import type { Work } from '../workload.js';
import { fourBatches, uniformNumbers } from './random-data.js';

const isBuffer = (path: string): boolean => /\/(mean|variance|u)$/.test(path);

/** Trained numbers below `network/`. */
export const trainedNumbers = (state: State, network: string): number =>
  Object.entries(state)
    .filter(([path]) => path.startsWith(`${network}/`) && !isBuffer(path))
    .reduce((total, [, { data }]) => total + data.length, 0);

/** The training step of a GAN of images: both networks are updated. */
export function adversarialWork(algorithm: Algorithm<'train'>, shape: readonly number[]): Work {
  const state = algorithm.init(createRng(1, 'init'));
  return {
    step: algorithm.steps.train,
    state,
    batches: fourBatches((call) => ({ images: uniformNumbers(shape, call) })),
    parameters: ['generator', 'discriminator'].map((network) => trainedNumbers(state, network)),
    losses: ['discriminatorLoss', 'generatorLoss'],
  };
}
