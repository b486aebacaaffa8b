import { conv1d } from '../../src/layers/conv1d.js';
import { conv2d } from '../../src/layers/conv2d.js';
import { conv3d } from '../../src/layers/conv3d.js';
import { convTranspose2d } from '../../src/layers/conv-transpose2d.js';
import { dense } from '../../src/layers/dense.js';
import { embedding } from '../../src/layers/embedding.js';
import { equalizedLearningRate } from '../../src/layers/equalized-learning-rate.js';
import { learnedConstant } from '../../src/layers/learned-constant.js';
import { maxout } from '../../src/layers/maxout.js';
import { prelu } from '../../src/layers/prelu.js';
import { spectralNorm } from '../../src/layers/spectral-norm.js';
import { weightNorm } from '../../src/layers/weight-norm.js';
import type { LayerRow } from '../layer-row.js';

const image = { input: [2, 3, 3], output: [3, 3, 3] };
const open = { free: { input: [2, 'H', 'W'], output: [3, 'H', 'W'] } };
const up = () => convTranspose2d(3, { kernel: 4, stride: 2 });
const doubled = {
  input: [2, 2, 2],
  output: [3, 4, 4],
  free: { input: [2, 'H', 'W'], output: [3, 'H*2', 'W*2'] },
};

const alone = 'its output does not depend on its input: in a graph of it alone nothing says N';

export const weights: readonly LayerRow[] = [
  {
    name: 'spectralNorm of dense',
    create: () => spectralNorm(dense(4)),
    input: [3],
    output: [4],
    paths: ['kernel', 'bias', 'u'],
    torch: ['spectral, dense'],
  },
  {
    name: 'spectralNorm of conv2d, 3 iterations',
    create: () => spectralNorm(conv2d(3, { kernel: 3 }), { iterations: 3 }),
    ...image,
    ...open,
    torch: ['spectral, conv2d, 3 iterations', 'spectral, conv2d, inference'],
  },
  {
    name: 'spectralNorm of conv1d',
    create: () => spectralNorm(conv1d(3, { kernel: 3 })),
    input: [2, 4],
    output: [3, 4],
    torch: ['spectral, conv1d'],
  },
  {
    name: 'spectralNorm of conv3d',
    create: () => spectralNorm(conv3d(3, { kernel: 3 })),
    input: [2, 2, 2, 2],
    output: [3, 2, 2, 2],
    torch: ['spectral, conv3d'],
  },
  {
    name: 'spectralNorm of convTranspose2d',
    create: () => spectralNorm(up()),
    ...doubled,
    torch: ['spectral, transposed'],
  },
  {
    name: 'spectralNorm of embedding, 2 iterations',
    create: () => spectralNorm(embedding(3, 4), { iterations: 2 }),
    input: [2],
    output: [2, 4],
    classes: 3,
    paths: ['table', 'u'],
    torch: ['spectral, embedding'],
  },
  {
    name: 'weightNorm of dense',
    create: () => weightNorm(dense(4)),
    input: [3],
    output: [4],
    paths: ['kernel', 'bias', 'gain'],
    torch: ['weight norm, dense'],
  },
  {
    name: 'weightNorm of conv2d',
    create: () => weightNorm(conv2d(3, { kernel: 3 })),
    ...image,
    ...open,
    torch: ['weight norm, conv2d'],
  },
  {
    name: 'weightNorm of convTranspose2d',
    create: () => weightNorm(up()),
    ...doubled,
    torch: ['weight norm, transposed'],
  },
  {
    name: 'equalizedLearningRate of dense',
    create: () => equalizedLearningRate(dense(4, { biasInit: 1 }), { gain: 1, rateMultiplier: 0.01 }),
    input: [3],
    output: [4],
    paths: ['kernel', 'bias'],
    torch: ['equalized, dense'],
  },
  {
    name: 'equalizedLearningRate of conv2d',
    create: () => equalizedLearningRate(conv2d(3, { kernel: 3 })),
    ...image,
    ...open,
    torch: ['equalized, conv2d'],
  },
  {
    name: 'equalizedLearningRate of convTranspose2d',
    create: () => equalizedLearningRate(up()),
    ...doubled,
    torch: ['equalized, transposed'],
  },
  {
    name: 'spectralNorm of equalizedLearningRate',
    create: () => spectralNorm(equalizedLearningRate(conv2d(3, { kernel: 3 }))),
    ...image,
    ...open,
    paths: ['kernel', 'bias', 'u'],
  },
  {
    name: 'maxout',
    create: () => maxout(2, { pieces: 3 }),
    input: [3],
    output: [2],
    paths: ['kernel', 'bias'],
    torch: ['maxout'],
    refuses: [{ input: ['N'], code: 'GANYMEDE_SHAPE', message: 'maxout: expected an input' }],
  },
  {
    name: 'learnedConstant',
    create: () => learnedConstant([2, 3]),
    input: [4],
    output: [2, 3],
    paths: ['value'],
    torch: ['learned constant'],
    skip: { named: alone, export: alone },
  },
  {
    name: 'prelu',
    create: () => prelu(),
    input: [3, 2, 2],
    output: [3, 2, 2],
    free: { input: [3, 'H', 'W'], output: [3, 'H', 'W'] },
    paths: ['slope'],
    torch: ['prelu'],
  },
];
