import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import * as t from './index.js';

const x = t.input('x', [2, 3], 'float64');
const z = t.input('z', [3, 2], 'float64');

it('has the functions as methods', () => {
  const pairs: [t.Tensor, t.Tensor][] = [
    [x.add(1), t.add(x, 1)],
    [x.sub(1), t.sub(x, 1)],
    [x.mul(2), t.mul(x, 2)],
    [x.div(2), t.div(x, 2)],
    [x.pow(3), t.pow(x, 3)],
    [x.neg(), t.neg(x)],
    [x.abs(), t.abs(x)],
    [x.exp(), t.exp(x)],
    [x.log(), t.log(x)],
    [x.sqrt(), t.sqrt(x)],
    [x.square(), t.square(x)],
    [x.tanh(), t.tanh(x)],
    [x.sigmoid(), t.sigmoid(x)],
    [x.softplus(), t.softplus(x)],
    [x.relu(), t.relu(x)],
    [x.leakyRelu(0.1), t.leakyRelu(x, 0.1)],
    [x.clip(0, 1), t.clip(x, 0, 1)],
    [x.equal(1), t.equal(x, 1)],
    [x.greater(1), t.greater(x, 1)],
    [x.less(1), t.less(x, 1)],
    [x.sum(0), t.sum(x, 0)],
    [x.mean(1, true), t.mean(x, 1, true)],
    [x.max(), t.max(x)],
    [x.min(), t.min(x)],
    [x.matmul(z), t.matmul(x, z)],
    [x.reshape([6]), t.reshape(x, [6])],
    [x.transpose(), t.transpose(x)],
    [x.expand([4, 2, 3]), t.expand(x, [4, 2, 3])],
    [x.slice(1, 1), t.slice(x, { axes: [1], starts: [1], ends: [3] })],
    [x.slice(0, -1, undefined, 1), t.slice(x, { axes: [0], starts: [1], ends: [2] })],
    [x.gather(t.constant([0], 'int64')), t.gather(x, t.constant([0], 'int64'))],
    [x.cast('float32'), t.cast(x, 'float32')],
    [x.stopGradient(), t.stopGradient(x)],
  ];
  const feeds = { x: t.valueOf([1, 2, 3, 4, 5, 6], [2, 3], 'float64'), z: t.filled([3, 2], 2, 'float64') };
  for (const [method, f] of pairs) {
    expect(method.operator).toBe(f.operator);
    expect(t.evaluate({ y: method }, feeds)).toEqual(t.evaluate({ y: f }, feeds));
  }
});

it('knows its rank, and orders tensors by creation', () => {
  expect(x.rank).toBe(2);
  expect(z.id).toBeGreaterThan(x.id);
});

it('prints in one line', () => {
  const y = t.scope('critic', () => x.exp());
  expect(String(y)).toBe('Exp float64[2, 3] in critic');
  expect(inspect(x)).toBe('Tensor(Input float64[2, 3])');
});

it('can be extended by an operator of another package', () => {
  const double = t.defineOperator<t.NoAttributes, t.Unary>({
    name: 'Double',
    infer: ([input]) => ({ dtype: input.dtype, shape: input.shape }),
    gradient: (g) => [t.mul(g, 2)],
    evaluate: ([input]) => Float64Array.from(t.numbersOf(input), (v) => 2 * v),
    onnx: {},
  });
  const y = t.makeTensor(double, [x], {});
  const [g] = t.grad(t.sum(t.mul(y, y)), [x]) as [t.Tensor];
  const feeds = { x: t.filled([2, 3], 3, 'float64') };
  expect(t.numbersOf(t.evaluate({ g }, feeds).g as t.Value)).toEqual([24, 24, 24, 24, 24, 24]);
});
