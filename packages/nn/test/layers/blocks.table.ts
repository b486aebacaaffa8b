import { batchNorm } from '../../src/layers/batch-norm.js';
import { conditionalBatchNorm } from '../../src/layers/conditional-batch-norm.js';
import { prelu } from '../../src/layers/prelu.js';
import { residualBlock } from '../../src/layers/residual-block.js';
import { spectralNorm } from '../../src/layers/spectral-norm.js';
import type { LayerRow } from '../layer-row.js';

const layer = (name: string) => [`${name}/kernel`, `${name}/bias`];
const norm = (name: string) => ['scale', 'bias', 'mean', 'variance'].map((v) => `${name}/${v}`);

/** What normalizes a channel takes away what was added to it. */
const shiftless = { still: ['conv1/bias'] };

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
];
