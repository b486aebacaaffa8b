import { adaInstanceNorm } from '../../src/layers/ada-instance-norm.js';
import { batchNorm } from '../../src/layers/batch-norm.js';
import { conditionalBatchNorm } from '../../src/layers/conditional-batch-norm.js';
import { groupNorm } from '../../src/layers/group-norm.js';
import { instanceNorm } from '../../src/layers/instance-norm.js';
import { layerNorm } from '../../src/layers/layer-norm.js';
import { pixelNorm } from '../../src/layers/pixel-norm.js';
import type { LayerRow } from '../layer-row.js';

const image = { input: [4, 3, 2], output: [4, 3, 2] };
const open = { free: { input: [4, 'H', 'W'], output: [4, 'H', 'W'] } };
const label = { label: { shape: [], classes: 3 } };
const style = { style: { shape: [3] } };
const tracked = ['mean', 'variance'];

export const normalizations: readonly LayerRow[] = [
  {
    name: 'instanceNorm',
    create: () => instanceNorm(),
    ...image,
    ...open,
    paths: [],
    torch: ['instance norm'],
    refuses: [{ input: ['N', 4], code: 'GANYMEDE_SHAPE', message: 'instanceNorm: expected an input' }],
  },
  {
    name: 'instanceNorm, affine, 1-D',
    create: () => instanceNorm({ affine: true }),
    input: [3, 5],
    output: [3, 5],
    paths: ['scale', 'bias'],
    torch: ['instance norm, affine, 1-D'],
  },
  {
    name: 'layerNorm of features',
    create: () => layerNorm(),
    input: [3, 4],
    output: [3, 4],
    free: { input: ['T', 4], output: ['T', 4] },
    paths: ['scale', 'bias'],
    torch: ['layer norm, features'],
    refuses: [
      { input: ['N'], code: 'GANYMEDE_SHAPE', message: 'layerNorm: expected an input' },
      { input: ['N', 3, 'F'], code: 'GANYMEDE_NAMED_DIMENSION', message: 'layerNorm: dimension -1' },
    ],
  },
  {
    name: 'layerNorm of images',
    create: () => layerNorm(),
    ...image,
    ...open,
    paths: ['scale', 'bias'],
    torch: ['layer norm, sample'],
  },
  {
    name: 'groupNorm',
    create: () => groupNorm(2),
    ...image,
    ...open,
    paths: ['scale', 'bias'],
    torch: ['group norm'],
    refuses: [
      { input: ['N', 3, 4, 4], code: 'GANYMEDE_SHAPE', message: 'do not fall into 2 groups' },
      { input: ['N'], code: 'GANYMEDE_SHAPE', message: 'groupNorm: expected an input' },
    ],
  },
  {
    name: 'groupNorm, plain, vectors',
    create: () => groupNorm(2, { affine: false }),
    input: [4],
    output: [4],
    paths: [],
    torch: ['group norm, plain'],
  },
  {
    name: 'pixelNorm',
    create: () => pixelNorm(),
    ...image,
    ...open,
    paths: [],
    torch: ['pixel norm', 'pixel norm, latents'],
    refuses: [{ input: ['N'], code: 'GANYMEDE_SHAPE', message: 'pixelNorm: expected an input' }],
  },
  {
    name: 'batchNorm of sequences',
    create: () => batchNorm({ momentum: 0.75 }),
    input: [2, 4],
    output: [2, 4],
    free: { input: [2, 'T'], output: [2, 'T'] },
    paths: ['scale', 'bias', ...tracked],
    torch: ['batch norm, 1-D'],
    refuses: [{ input: ['N'], code: 'GANYMEDE_SHAPE', message: 'batchNorm: expected [batch, features]' }],
  },
  {
    name: 'conditionalBatchNorm by label',
    create: () => conditionalBatchNorm({ classes: 3, momentum: 0.75 }),
    ...image,
    ...open,
    conditions: label,
    paths: ['scale', 'bias', ...tracked],
    torch: [
      'conditional batch norm, labels, training',
      'conditional batch norm, labels, inference',
      'conditional batch norm, class weights',
    ],
    refuses: [
      { input: ['N'], code: 'GANYMEDE_SHAPE', message: 'conditionalBatchNorm: expected [batch, features]' },
    ],
  },
  {
    name: 'conditionalBatchNorm by style',
    create: () => conditionalBatchNorm({ momentum: 0.75 }),
    ...image,
    ...open,
    conditions: style,
    paths: ['kernel', 'bias', ...tracked],
    torch: ['conditional batch norm, style, training', 'conditional batch norm, style, inference'],
  },
  {
    name: 'adaInstanceNorm',
    create: () => adaInstanceNorm(),
    ...image,
    ...open,
    conditions: style,
    paths: ['kernel', 'bias'],
    torch: ['adaptive instance norm'],
    refuses: [{ input: ['N', 4], code: 'GANYMEDE_SHAPE', message: 'adaInstanceNorm: expected an input' }],
  },
  {
    name: 'adaInstanceNorm by label',
    create: () => adaInstanceNorm({ classes: 3 }),
    ...image,
    ...open,
    conditions: label,
    paths: ['scale', 'bias'],
    torch: ['conditional instance norm'],
  },
];
