import { conv, convTranspose, grad, graph, input, optimize, type Tensor } from '@ganymede/tensor';
import { sample } from '@ganymede/testing';
import { expect, it } from 'vitest';
import { expectSameMeaning, operatorCounts } from '../../test/expect-same-meaning.js';
import { lowerForCpu } from './lower-for-cpu.js';

const [x, w, u] = [input('x', [4, 8, 14, 14]), input('w', [16, 8, 4, 4]), input('u', [8, 16, 4, 4])];
const feeds = {
  x: sample([4, 8, 14, 14], 1),
  w: sample([16, 8, 4, 4], 2),
  u: sample([8, 16, 4, 4], 3),
};

it('scales the gradient that enters a rectifier at the filter it was multiplied with', () => {
  const hidden = conv(x, w, { pads: 1 }).leakyRelu(0.2);
  const y = conv(hidden, u, { strides: 2, pads: 1 });
  const program = graph({ outputs: { y, dw: grad(y.square().sum(), [w])[0] as Tensor } });
  const lowered = optimize(lowerForCpu(optimize(program)));
  const clipped = lowered.nodes.filter(({ operator }) => operator.name === 'Clip');
  expect(clipped.map(({ attributes }) => attributes.max)).toEqual([2 ** -80]);
  expectSameMeaning(program, lowered, feeds);
});

it('multiplies nothing twice for a gradient that is read elsewhere', () => {
  const hidden = conv(x, w, { pads: 1 }).leakyRelu(0.2);
  const y = conv(hidden, u, { strides: 2, pads: 1 });
  const [dw, dh] = grad(y.square().sum(), [w, hidden]) as [Tensor, Tensor];
  const program = graph({ outputs: { dw, dh, up: convTranspose(y, u) } });
  const lowered = optimize(lowerForCpu(optimize(program)));
  expect(operatorCounts(lowered).Clip).toBe(1);
  expect(lowered.nodes.find(({ operator }) => operator.name === 'Clip')?.attributes.max).toBe(1);
  expectSameMeaning(program, lowered, feeds);
});
