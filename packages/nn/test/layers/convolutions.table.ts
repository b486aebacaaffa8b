import { conv1d } from '../../src/layers/conv1d.js';
import { conv2d } from '../../src/layers/conv2d.js';
import { conv3d } from '../../src/layers/conv3d.js';
import { convTranspose1d } from '../../src/layers/conv-transpose1d.js';
import { convTranspose2d } from '../../src/layers/conv-transpose2d.js';
import { convTranspose3d } from '../../src/layers/conv-transpose3d.js';
import type { LayerRow } from '../layer-row.js';

const paths = ['kernel', 'bias'];

export const convolutions: readonly LayerRow[] = [
  {
    name: 'conv1d',
    create: () => conv1d(3, { kernel: 3 }),
    input: [2, 5],
    output: [3, 5],
    free: { input: [2, 'T'], output: [3, 'T'] },
    paths,
    torch: ['conv1d k3'],
    refuses: [
      {
        input: ['N', 2, 3, 3],
        code: 'GANYMEDE_SHAPE',
        message: 'conv1d: expected an input [batch, channels, length]',
      },
      { input: ['N', 'C', 3], code: 'GANYMEDE_NAMED_DIMENSION', message: 'conv1d: dimension 1' },
    ],
  },
  {
    name: 'conv1d, dilation',
    create: () => conv1d(2, { kernel: 4, stride: 2, dilation: 2 }),
    input: [2, 8],
    output: [2, 4],
    free: { input: [2, 'T*2'], output: [2, 'T'] },
    paths,
    torch: ['conv1d k4 s2, dilation 2'],
  },
  {
    name: 'conv1d, groups',
    create: () => conv1d(6, { kernel: 3, groups: 2, bias: false }),
    input: [4, 5],
    output: [6, 5],
    paths: ['kernel'],
    torch: ['conv1d, groups'],
    refuses: [{ input: ['N', 3, 5], code: 'GANYMEDE_SHAPE', message: 'conv1d: the 3 channels' }],
  },
  {
    name: 'conv2d, dilation, groups',
    create: () => conv2d(4, { kernel: 3, dilation: 2, groups: 2 }),
    input: [4, 5, 4],
    output: [4, 5, 4],
    free: { input: [4, 'H', 'W'], output: [4, 'H', 'W'] },
    paths,
    torch: ['conv2d, dilation 2, groups'],
  },
  {
    name: 'conv3d',
    create: () => conv3d(2, { kernel: 3 }),
    input: [2, 3, 4, 2],
    output: [2, 3, 4, 2],
    free: { input: [2, 'D', 'H', 'W'], output: [2, 'D', 'H', 'W'] },
    paths,
    torch: ['conv3d k3'],
    refuses: [{ input: ['N', 2, 3, 3], code: 'GANYMEDE_SHAPE', message: 'conv3d: expected an input' }],
  },
  {
    name: 'conv3d, stride',
    create: () => conv3d(2, { kernel: 4, stride: 2 }),
    input: [1, 4, 4, 4],
    output: [2, 2, 2, 2],
    paths,
    torch: ['conv3d k4 s2'],
  },
  {
    name: 'convTranspose1d',
    create: () => convTranspose1d(2, { kernel: 4, stride: 2 }),
    input: [3, 4],
    output: [2, 8],
    free: { input: [3, 'T'], output: [2, 'T*2'] },
    paths,
    torch: ['transposed 1d k4 s2'],
    refuses: [{ input: ['N', 3], code: 'GANYMEDE_SHAPE', message: 'convTranspose1d: expected an input' }],
  },
  {
    name: 'convTranspose1d, groups',
    create: () => convTranspose1d(2, { kernel: 4, stride: 2, groups: 2 }),
    input: [4, 3],
    output: [2, 6],
    paths,
    torch: ['transposed 1d, groups'],
  },
  {
    name: 'convTranspose2d, dilation',
    create: () => convTranspose2d(2, { kernel: 2, stride: 2, dilation: 2 }),
    input: [2, 3, 2],
    output: [2, 6, 4],
    free: { input: [2, 'H', 'W'], output: [2, 'H*2', 'W*2'] },
    paths,
  },
  {
    name: 'convTranspose3d',
    create: () => convTranspose3d(2, { kernel: 4, stride: 2 }),
    input: [2, 2, 2, 2],
    output: [2, 4, 4, 4],
    free: { input: [2, 'D', 'H', 'W'], output: [2, 'D*2', 'H*2', 'W*2'] },
    paths,
    torch: ['transposed 3d k4 s2'],
    refuses: [
      { input: ['N', 3, 4, 4], code: 'GANYMEDE_SHAPE', message: 'convTranspose3d: expected an input' },
    ],
  },
];
