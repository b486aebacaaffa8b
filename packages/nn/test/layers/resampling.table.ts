import { blurPool } from '../../src/layers/blur-pool.js';
import { pixelShuffle, pixelUnshuffle } from '../../src/layers/pixel-shuffle.js';
import { averagePool, globalPool, maxPool } from '../../src/layers/pooling.js';
import { upsample } from '../../src/layers/upsample.js';
import type { LayerRow } from '../layer-row.js';

const halved = { free: { input: [2, 'H*2', 'W*2'], output: [2, 'H', 'W'] } };
const doubled = { free: { input: [2, 'H', 'W'], output: [2, 'H*2', 'W*2'] } };
const needsPositions = (layer: string) => ({
  refuses: [{ input: ['N', 4], code: 'GANYMEDE_SHAPE', message: `${layer}: expected an input` }],
});
const paths: readonly string[] = [];

export const resampling: readonly LayerRow[] = [
  {
    name: 'pixelShuffle',
    create: () => pixelShuffle(2),
    input: [8, 2, 3],
    output: [2, 4, 6],
    free: { input: [8, 'H', 'W'], output: [2, 'H*2', 'W*2'] },
    paths,
    torch: ['pixel shuffle'],
    refuses: [
      { input: ['N', 6, 2, 2], code: 'GANYMEDE_SHAPE', message: 'channels that 2² divides' },
      { input: ['N', 4], code: 'GANYMEDE_SHAPE', message: 'pixelShuffle: expected an input' },
    ],
  },
  {
    name: 'pixelUnshuffle',
    create: () => pixelUnshuffle(2),
    input: [2, 4, 6],
    output: [8, 2, 3],
    free: { input: [2, 'H*2', 'W*2'], output: [8, 'H', 'W'] },
    paths,
    torch: ['pixel unshuffle'],
    refuses: [
      { input: ['N', 2, 3, 4], code: 'GANYMEDE_SHAPE', message: 'height and width that 2 divides' },
      { input: ['N', 2, 'H', 'W'], code: 'GANYMEDE_SHAPE', message: 'height and width that 2 divides' },
    ],
  },
  {
    name: 'upsample, nearest',
    create: () => upsample(2),
    input: [2, 2, 3],
    output: [2, 4, 6],
    ...doubled,
    paths,
    torch: ['nearest'],
    ...needsPositions('upsample'),
  },
  {
    name: 'upsample, bilinear',
    create: () => upsample(2, { mode: 'bilinear' }),
    input: [2, 3, 4],
    output: [2, 6, 8],
    ...doubled,
    paths,
    torch: ['bilinear', 'trilinear'],
  },
  {
    name: 'upsample, linear, 1-D',
    create: () => upsample(3, { mode: 'bilinear' }),
    input: [2, 4],
    output: [2, 12],
    free: { input: [2, 'T'], output: [2, 'T*3'] },
    paths,
    torch: ['linear, 1-D'],
  },
  {
    name: 'averagePool',
    create: () => averagePool(2),
    input: [2, 4, 6],
    output: [2, 2, 3],
    ...halved,
    paths,
    torch: ['average pool'],
    ...needsPositions('averagePool'),
  },
  {
    name: 'averagePool, stride 1',
    create: () => averagePool(3, { stride: 1 }),
    input: [2, 4],
    output: [2, 2],
    paths,
    torch: ['average pool, stride 1'],
  },
  {
    name: 'maxPool',
    create: () => maxPool(2),
    input: [2, 4, 6],
    output: [2, 2, 3],
    ...halved,
    paths,
    torch: ['max pool'],
    ...needsPositions('maxPool'),
  },
  {
    name: 'globalPool, mean',
    create: () => globalPool(),
    input: [3, 4, 2],
    output: [3],
    free: { input: [3, 'H', 'W'], output: [3] },
    paths,
    torch: ['global mean'],
    ...needsPositions('globalPool'),
  },
  {
    name: 'globalPool, sum',
    create: () => globalPool('sum'),
    input: [3, 4],
    output: [3],
    free: { input: [3, 'T'], output: [3] },
    paths,
    torch: ['global sum'],
  },
  {
    name: 'globalPool, max',
    create: () => globalPool('max'),
    input: [3, 4, 2],
    output: [3],
    paths,
    torch: ['global max'],
  },
  {
    name: 'blurPool',
    create: () => blurPool(),
    input: [2, 6, 4],
    output: [2, 3, 2],
    paths,
    torch: ['blur pool'],
    refuses: [
      { input: ['N', 2, 4], code: 'GANYMEDE_SHAPE', message: 'blurPool: expected an input' },
      { input: ['N', 2, 'H*2', 'W*2'], code: 'GANYMEDE_NAMED_DIMENSION', message: 'H*2' },
    ],
  },
  {
    name: 'blurPool, size 4, odd',
    create: () => blurPool({ size: 4 }),
    input: [2, 7, 5],
    output: [2, 4, 3],
    paths,
    torch: ['blur pool, size 4, odd'],
  },
  {
    name: 'blurPool, zeros',
    create: () => blurPool({ size: 5, padding: 'zeros' }),
    input: [2, 6, 4],
    output: [2, 3, 2],
    ...halved,
    paths,
    torch: ['blur pool, zeros'],
  },
];
