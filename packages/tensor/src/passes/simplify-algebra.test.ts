import { describe, expect, it } from 'vitest';
import { graph } from '../graph/graph.js';
import * as t from '../index.js';
import { simplifyAlgebra } from './simplify-algebra.js';

const x = t.input('x', [2, 3]);
const n = t.input('n', ['N', 2, 3]);
const simplified = (y: t.Tensor): t.Tensor =>
  simplifyAlgebra(graph({ outputs: { y } })).outputs.y as t.Tensor;

describe('what is its input', () => {
  it.each<[string, t.Tensor]>([
    ['x + 0', t.add(x, 0)],
    ['0 + x', t.add(0, x)],
    ['x + zeros', t.add(x, t.zeros([2, 3]))],
    ['x - 0', t.sub(x, 0)],
    ['x * 1', t.mul(x, 1)],
    ['ones * x', t.mul(t.ones([3]), x)],
    ['x / 1', t.div(x, 1)],
    ['x ^ 1', t.pow(x, 1)],
    ['-(-x)', t.neg(t.neg(x))],
    ['identity', t.identity(x)],
    ['stopGradient', t.stopGradient(x)],
    ['tap', t.tap(x, 'label')],
    ['reshape back', t.reshape(t.reshape(x, [6]), [2, 3])],
    ['squeeze of unsqueeze', t.squeeze(t.unsqueeze(x, 0), 0)],
    ['flattened and back', t.reshape(t.unsqueeze(x, [0, 2]), [2, 3])],
    ['slice of concat', t.concat([t.exp(x), x, t.log(x)], 1).slice(1, 3, 6)],
    ['slice of pad', t.slice(t.pad(x, [1, 0, 1, 2]), { axes: [0, 1], starts: [1, 0], ends: [3, 3] })],
    ['cast there and back', t.cast(t.cast(x, 'float64'), 'float32')],
    ['sum over an axis of size 1', t.squeeze(t.mean(t.unsqueeze(x, 1), 1, true), 1)],
  ])('%s', (_, y) => {
    expect(simplified(simplified(y))).toBe(x);
  });
});

describe('what stays', () => {
  it.each<[string, t.Tensor]>([
    ['a sum that broadcasts', t.add(x, t.zeros([4, 2, 3]))],
    ['a product that broadcasts', t.mul(t.ones([4, 1, 1]), x)],
    ['a cast that rounds', t.cast(t.cast(t.cast(x, 'float64'), 'float32'), 'float64')],
    ['x * 0, which may be NaN', t.mul(x, 0)],
  ])('%s', (_, y) => {
    expect(simplified(y).shape).toEqual(y.shape);
    expect(simplified(y).operator.name).toBe(y.operator.name);
  });
});

it('turns a sum with a negation into a difference', () => {
  const y = simplified(t.add(x, t.neg(t.exp(x))));
  expect(y.operator.name).toBe('Sub');
  expect(simplified(t.sub(x, t.neg(x))).operator.name).toBe('Add');
});

it('takes a sign into a constant factor', () => {
  const y = simplified(t.mul(t.neg(x), 2));
  expect(y.operator.name).toBe('Mul');
  expect(y.inputs[0]).toBe(x);
});

it('leaves broadcasting to the operator', () => {
  const y = simplified(t.mul(t.expand(t.constant([1, 2, 3]), [2, 3]), x));
  expect(y.inputs[0]?.operator.name).toBe('Constant');
  const both = simplified(t.add(t.expand(t.constant([1, 2, 3]), [2, 3]), t.expand(t.constant(5), [2, 3])));
  expect(both.shape).toEqual([2, 3]);
  expect(both.inputs.map((input) => input.operator.name)).toEqual(['Constant', 'Expand']);
});

it('joins reshapes, and keeps a named dimension', () => {
  const y = simplified(t.reshape(t.reshape(n, ['N', 6]), ['N*3', 2]));
  expect(y.inputs).toEqual([n]);
  expect(y.shape).toEqual(['N*3', 2]);
});
