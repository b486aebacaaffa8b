import { expect, it } from 'vitest';
import { graph } from '../graph/graph.js';
import * as t from '../index.js';
import { operatorCounts } from '../../test/same-results.js';
import { simplifyTransposes } from './simplify-transposes.js';

const x = t.input('x', [2, 3, 4]);
const simplified = (y: t.Tensor) => simplifyTransposes(graph({ outputs: { y } }));

it('joins transposes in a row, and removes those that cancel', () => {
  const y = t.transpose(t.transpose(x, [1, 2, 0]), [1, 2, 0]);
  expect(simplified(y).outputs.y?.attributes.perm).toEqual([2, 0, 1]);
  expect(simplified(t.transpose(y, [1, 2, 0])).outputs.y).toBe(x);
});

it('lets cancelling transposes meet through elementwise operators', () => {
  const inner = t.transpose(x, [2, 0, 1]);
  const y = t.transpose(t.add(t.tanh(inner), t.mul(inner, 2)), [1, 2, 0]);
  expect(operatorCounts(simplified(y)).Transpose).toBeUndefined();
});

it('keeps one transpose where operands have different orders', () => {
  const y = t.add(t.transpose(x, [2, 0, 1]), t.input('z', [4, 2, 3]));
  expect(operatorCounts(simplified(y)).Transpose).toBe(1);
});

it('reads matrices transposed in a product', () => {
  const [a, b] = [t.input('a', [3, 2]), t.input('b', [4, 3])];
  const y = t.gemm(t.transpose(a), t.transpose(b), { bias: t.constant(1) });
  const result = simplified(y).outputs.y;
  expect(result?.inputs.slice(0, 2)).toEqual([a, b]);
  expect(result?.attributes).toEqual({ transA: 1, transB: 1 });
});

it('makes a reshape of a transpose that moves axes of size 1 only', () => {
  const image = t.input('image', ['N', 1, 28, 28]);
  expect(simplified(t.transpose(image, [0, 2, 3, 1])).outputs.y?.operator.name).toBe('Reshape');
  expect(simplified(t.transpose(image, [0, 3, 2, 1])).outputs.y?.operator.name).toBe('Transpose');
});
