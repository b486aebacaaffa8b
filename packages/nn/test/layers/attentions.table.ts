import { additiveAttention } from '../../src/layers/additive-attention.js';
import { multiHeadAttention } from '../../src/layers/multi-head-attention.js';
import { selfAttention } from '../../src/layers/self-attention.js';
import { spectralNorm } from '../../src/layers/spectral-norm.js';
import type { LayerRow } from '../layer-row.js';

const parts = ['query', 'key', 'value', 'output'];
const memory = { memory: { shape: [4, 5] } };
/** A shift of all keys by one vector changes all scores of a query alike, and so no weight. */
const shiftless = { still: ['key/bias'] };

export const attentions: readonly LayerRow[] = [
  {
    name: 'multiHeadAttention',
    create: () => multiHeadAttention({ heads: 2 }),
    input: [3, 4],
    output: [3, 4],
    free: { input: ['T', 4], output: ['T', 4] },
    paths: parts.flatMap((part) => [`${part}/kernel`, `${part}/bias`]),
    torch: ['multi-head'],
    refuses: [
      { input: ['N', 3, 5], code: 'GANYMEDE_SHAPE', message: '2 heads do not divide the size 5' },
      { input: ['N', 4], code: 'GANYMEDE_SHAPE', message: 'multiHeadAttention: expected an input' },
    ],
    ...shiftless,
  },
  {
    name: 'multiHeadAttention, causal',
    create: () => multiHeadAttention({ heads: 3, causal: true }),
    input: [4, 6],
    output: [4, 6],
    torch: ['multi-head, causal'],
    refuses: [{ input: ['N', 'T', 6], code: 'GANYMEDE_NAMED_DIMENSION', message: 'with causal' }],
    ...shiftless,
  },
  {
    name: 'multiHeadAttention to a memory',
    create: () => multiHeadAttention({ heads: 2, memory: 'memory' }),
    input: [3, 4],
    output: [3, 4],
    conditions: memory,
    torch: ['multi-head, memory'],
    ...shiftless,
  },
  {
    name: 'multiHeadAttention, own size, without bias',
    create: () => multiHeadAttention({ heads: 2, size: 6, bias: false }),
    input: [3, 5],
    output: [3, 5],
    paths: parts.map((part) => `${part}/kernel`),
  },
  {
    name: 'additiveAttention',
    create: () => additiveAttention(3),
    input: [3, 4],
    output: [3, 5],
    conditions: memory,
    free: { input: ['T', 4], output: ['T', 5] },
    paths: ['query/kernel', 'key/kernel', 'score/kernel'],
    torch: ['additive', 'additive, mask'],
    refuses: [{ input: ['N', 4], code: 'GANYMEDE_SHAPE', message: 'additiveAttention: expected an input' }],
  },
  {
    name: 'selfAttention',
    create: () => selfAttention({ gammaInit: 0.5 }),
    input: [8, 3, 2],
    output: [8, 3, 2],
    free: { input: [8, 'H', 'W'], output: [8, 'H', 'W'] },
    paths: [...parts.map((part) => `${part}/kernel`), 'gamma'],
    torch: ['self-attention'],
    refuses: [
      { input: ['N', 12, 4, 4], code: 'GANYMEDE_SHAPE', message: 'channels that 8 and 2 divide, got 12' },
      { input: ['N', 8], code: 'GANYMEDE_SHAPE', message: 'selfAttention: expected an input' },
    ],
  },
  {
    name: 'selfAttention, pooled',
    create: () => selfAttention({ gammaInit: 0.5, pool: true }),
    input: [16, 4, 2],
    output: [16, 4, 2],
    free: { input: [16, 'H*2', 'W*2'], output: [16, 'H*2', 'W*2'] },
    torch: ['self-attention, pooled'],
  },
  {
    name: 'selfAttention, spectral normalization',
    create: () => selfAttention({ gammaInit: 0.5, wrap: spectralNorm }),
    input: [8, 2, 2],
    output: [8, 2, 2],
    paths: [...parts.flatMap((part) => [`${part}/kernel`, `${part}/u`]), 'gamma'],
  },
];
