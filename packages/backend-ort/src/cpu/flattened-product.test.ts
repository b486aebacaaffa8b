import { conv, flatten, grad, graph, input, matmul, optimize, type Tensor } from '@ganymede/tensor';
import { sample } from '@ganymede/testing';
import { expect, it } from 'vitest';
import { expectSameMeaning } from '../../test/expect-same-meaning.js';
import { lowerForCpu } from './lower-for-cpu.js';

it('rearranges the weights of a dense layer instead of the images before it', () => {
  const [x, w, v] = [input('x', [8, 9, 4, 4]), input('w', [12, 9, 3, 3]), input('v', [192, 1])];
  const h = conv(x, w, { pads: 1 }).leakyRelu(0.2);
  const y = matmul(flatten(h), v);
  const [dx, dw, dv] = grad(y.square().sum(), [x, w, v]) as [Tensor, Tensor, Tensor];
  const program = graph({ outputs: { y, dw, dv, dx } });
  const lowered = optimize(lowerForCpu(optimize(program)));
  const images = lowered.nodes.filter(
    ({ operator, shape }) => operator.name === 'Transpose' && shape.length === 4 && shape[0] === 8,
  );
  // Only the images that come in and their gradient that goes out are turned; those of 12 channels between never are.
  expect(images.map(({ shape }) => shape)).toEqual([
    [8, 4, 4, 9],
    [8, 9, 4, 4],
  ]);
  const feeds = { x: sample([8, 9, 4, 4], 1), w: sample([12, 9, 3, 3], 2), v: sample([192, 1], 3) };
  expectSameMeaning(program, lowered, feeds);
});
