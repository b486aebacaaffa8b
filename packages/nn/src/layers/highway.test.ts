import { createRng } from '@ganymede/core';
import { valueOf } from '@ganymede/tensor';
import { testNetwork } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { expectFixture } from '../../test/fixture.js';
import { tanh } from './activations.js';
import { highway } from './highway.js';

testNetwork({ name: 'highway', create: () => highway(), input: [4], output: [4] });
testNetwork({
  name: 'highway, 2 layers',
  create: () => highway({ layers: 2, activation: tanh() }),
  input: [4],
  output: [4],
});

describe('highway', () => {
  it('has the outputs and gradients of its formula', () => void expectFixture('highway', highway()));

  it('starts its gates at gateBias', () => {
    expect(highway({ gateBias: -1 }).init(createRng(1), ['N', 2])).toMatchObject({
      gate1: { bias: valueOf([-1, -1]) },
    });
  });
});
