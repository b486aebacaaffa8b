import type { Network } from '@ganymede/core';
import { leakyRelu } from '../../src/layers/activations.js';
import { adaInstanceNorm } from '../../src/layers/ada-instance-norm.js';
import { batchNorm } from '../../src/layers/batch-norm.js';
import { compose } from '../../src/layers/compose.js';
import { conditionalBatchNorm } from '../../src/layers/conditional-batch-norm.js';
import { conv2d } from '../../src/layers/conv2d.js';
import { dense } from '../../src/layers/dense.js';
import { learnedConstant } from '../../src/layers/learned-constant.js';
import { pixelNorm } from '../../src/layers/pixel-norm.js';
import { prelu } from '../../src/layers/prelu.js';
import { residualBlock } from '../../src/layers/residual-block.js';
import { sequential } from '../../src/layers/sequential.js';
import { spectralNorm } from '../../src/layers/spectral-norm.js';
import { upsample } from '../../src/layers/upsample.js';
import type { LayerRow } from '../layer-row.js';

const layer = (name: string) => [`${name}/kernel`, `${name}/bias`];
const norm = (name: string) => ['scale', 'bias', 'mean', 'variance'].map((v) => `${name}/${v}`);

/** What normalizes a channel takes away what was added to it. */
const shiftless = { still: ['conv1/bias'] };

/** A generator in the manner of StyleGAN: latents become a style, which modulates what a constant grows into. */
function styled(): Network {
  const block = () => sequential(conv2d(4, { kernel: 3 }), adaInstanceNorm(), leakyRelu(0.2));
  const body = sequential(learnedConstant([4, 2, 2]), block(), upsample(2), block());
  return compose({ mapping: sequential(pixelNorm(), dense(6), leakyRelu(0.2)), body }, (parts, z) =>
    parts.body(z, { style: parts.mapping(z) }),
  );
}

export const blocks: readonly LayerRow[] = [
  {
    name: 'residualBlock',
    create: () => residualBlock(3),
    input: [3, 4, 3],
    output: [3, 4, 3],
    free: { input: [3, 'H', 'W'], output: [3, 'H', 'W'] },
    paths: [...layer('conv1'), ...layer('conv2')],
    torch: ['identity'],
    refuses: [
      { input: ['N', 2, 4, 4], code: 'GANYMEDE_SHAPE', message: 'an identity shortcut needs 3 channels' },
      { input: ['N', 3], code: 'GANYMEDE_SHAPE', message: 'residualBlock: expected an input' },
    ],
  },
  {
    name: 'residualBlock, down',
    create: () => residualBlock(3, { resample: 'down' }),
    input: [2, 4, 4],
    output: [3, 2, 2],
    free: { input: [2, 'H*2', 'W*2'], output: [3, 'H', 'W'] },
    paths: [...layer('conv1'), ...layer('conv2'), ...layer('shortcut')],
    torch: ['down'],
  },
  {
    name: 'residualBlock, down, first',
    create: () => residualBlock(3, { resample: 'down', first: true }),
    input: [2, 4, 4],
    output: [3, 2, 2],
    free: { input: [2, 'H*2', 'W*2'], output: [3, 'H', 'W'] },
    torch: ['down, first'],
  },
  {
    name: 'residualBlock, up, conditional',
    create: () => residualBlock(2, { resample: 'up', norm: () => conditionalBatchNorm({ classes: 3 }) }),
    input: [3, 2, 2],
    output: [2, 4, 4],
    conditions: { label: { shape: [], classes: 3 } },
    free: { input: [3, 'H', 'W'], output: [2, 'H*2', 'W*2'] },
    paths: [...norm('norm1'), ...layer('conv1'), ...norm('norm2'), ...layer('conv2'), ...layer('shortcut')],
    torch: ['up, conditional'],
    ...shiftless,
  },
  {
    name: 'residualBlock, spectral normalization, learned shortcut, PReLU, batch normalization',
    create: () =>
      residualBlock(3, { wrap: spectralNorm, shortcut: 'learned', activation: prelu, norm: batchNorm }),
    input: [2, 3, 3],
    output: [3, 3, 3],
    ...shiftless,
  },
  {
    name: 'compose, a style for the layers below',
    create: styled,
    input: [3],
    output: [4, 4, 4],
    paths: [
      ...layer('mapping/dense1'),
      'body/constant1/value',
      ...layer('body/block1/conv1'),
      ...layer('body/block1/norm1'),
      ...layer('body/block2/conv1'),
      ...layer('body/block2/norm1'),
    ],
    still: ['body/block1/conv1/bias', 'body/block2/conv1/bias'],
  },
];
