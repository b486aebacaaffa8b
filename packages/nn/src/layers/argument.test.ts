import { GanymedeError } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { batchNorm } from './batch-norm.js';
import { conv2d } from './conv2d.js';
import { convTranspose2d } from './conv-transpose2d.js';
import { dense } from './dense.js';
import { dropout } from './dropout.js';
import { embedding } from './embedding.js';
import { highway } from './highway.js';
import { lstmCell } from './lstm-cell.js';

describe('layers refuse sizes and rates that make no sense', () => {
  it.each([
    [() => dense(0), 'dense: units must be a whole number of at least 1, received 0'],
    [() => dense(Number.NaN), 'dense: units'],
    [() => conv2d(1.5, { kernel: 3 }), 'conv2d: filters'],
    [() => conv2d(1, { kernel: [3, 0] }), 'conv2d: kernel'],
    [() => convTranspose2d(1, { kernel: 4, stride: -2 }), 'convTranspose2d: stride'],
    [() => embedding(0, 3), 'embedding: count'],
    [() => lstmCell(-1), 'lstmCell: units'],
    [() => highway({ layers: 0 }), 'highway: layers'],
    [() => dropout(1), 'dropout: rate must be in [0, 1), received 1'],
    [() => dropout(Number.NaN), 'dropout: rate'],
    [() => batchNorm({ momentum: 2 }), 'batchNorm: momentum'],
  ])('%s', (make, message) => {
    expect(make).toThrow(
      expect.toSatisfy((e) => GanymedeError.is(e, 'GANYMEDE_OPTION') && e.message.startsWith(message)),
    );
  });
});
