import {
  conv,
  depthToSpace,
  grad,
  graph,
  input,
  resizeNearest,
  type Tensor,
  valueOf,
} from '@ganymede/tensor';
import { expect, test } from 'vitest';
import { expectSameMeaning, operatorCounts } from '../../test/expect-same-meaning.js';
import { lowerForCpu } from './lower-for-cpu.js';

const wave = (shape: readonly number[]) =>
  valueOf(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i * 1.7)),
    shape,
  );
const x = input('x', [2, 3, 4, 5]);
const w = input('w', [8, 3, 3, 3]);
const v = input('v', [4, 2, 3, 3]);
const feeds = { x: wave([2, 3, 4, 5]), w: wave([8, 3, 3, 3]), v: wave([4, 2, 3, 3]) };
const between = (enlarge: (y: Tensor) => Tensor, filter: Tensor) => {
  const y = conv(enlarge(conv(x, w, { pads: 1 })), filter, { pads: 1 });
  const loss = y.square().sum();
  const [dx, dw] = grad(loss, [x, w]) as [Tensor, Tensor];
  return graph({ outputs: { y, dx, dw } });
};

test.each(['CRD', 'DCR'] as const)('a pixel shuffle between convolutions, %s, and its gradients', (order) => {
  const program = between((y) => depthToSpace(y, 2, order), v);
  const lowered = lowerForCpu(program);
  expectSameMeaning(program, lowered, feeds);
  expect(operatorCounts(program)).toHaveProperty('DepthToSpace');
  expect(operatorCounts(lowered)).not.toHaveProperty('DepthToSpace');
});

test('pixels repeated between convolutions, and their gradients', () => {
  const wide = input('v', [4, 8, 3, 3]);
  const program = between((y) => resizeNearest(y, [2, 3]), wide);
  const lowered = lowerForCpu(program);
  expectSameMeaning(program, lowered, { ...feeds, v: wave([4, 8, 3, 3]) });
  expect(operatorCounts(program)).toHaveProperty('Resize');
  expect(operatorCounts(lowered)).not.toHaveProperty('Resize');
});
