import { describe, expect, it } from 'vitest';
import * as t from '../index.js';
import { topologicalOrder } from '../graph/topological-order.js';
import { between, valueOfSample } from '../../test/operator-case.js';

const x = t.input('x', [3]);
const feeds = { x: t.valueOf([1, 2, 3]) };
const numbers = (y: t.Tensor): number[] => t.numbersOf(t.evaluate({ y }, feeds).y as t.Value);
const one = (list: readonly t.Tensor[]): t.Tensor => list[0] as t.Tensor;

describe('grad', () => {
  it('differentiates to any order', () => {
    let y = t.sum(t.pow(x, 4));
    const orders: number[][] = [];
    for (let i = 0; i < 4; i++) {
      const g = one(t.grad(y, [x]));
      orders.push(numbers(g));
      y = t.sum(g);
    }
    expect(orders).toEqual([
      [4, 32, 108],
      [12, 48, 108],
      [24, 48, 72],
      [24, 24, 24],
    ]);
  });

  it('weighs elements by the seed', () => {
    expect(numbers(one(t.grad(t.mul(x, x), [x], { seed: t.constant([1, 10, 100]) })))).toEqual([2, 40, 600]);
  });

  it('follows an x through another', () => {
    const h = t.mul(x, 2);
    const [gx, gh] = t.grad(t.sum(t.mul(h, h)), [x, h]) as [t.Tensor, t.Tensor];
    expect([numbers(gx), numbers(gh)]).toEqual([
      [8, 16, 24],
      [4, 8, 12],
    ]);
  });

  it('adds up several ways', () => {
    expect(numbers(one(t.grad(t.sum(t.add(t.mul(x, x), t.mul(x, 3))), [x])))).toEqual([5, 7, 9]);
  });

  it('gives zeros where y does not depend on x', () => {
    const other = t.input('other', [2, 2], 'float64');
    const g = one(t.grad(t.sum(x), [other]));
    expect([g.shape, g.dtype]).toEqual([[2, 2], 'float64']);
    expect(t.numbersOf(t.evaluate({ g }).g as t.Value)).toEqual([0, 0, 0, 0]);
  });

  it('stops at stopGradient and passes tap', () => {
    expect(numbers(one(t.grad(t.sum(t.mul(t.stopGradient(x), x)), [x])))).toEqual([1, 2, 3]);
    expect(numbers(one(t.grad(t.sum(t.mul(t.tap(x, 'x'), x)), [x])))).toEqual([2, 4, 6]);
  });

  it('builds in the scope of the forward tensor', () => {
    const y = t.scope('generator/dense', () => t.sum(t.tanh(x)));
    const seed = t.constant(1);
    const g = t.scope('step', () => one(t.grad(y, [x], { seed })));
    const scopes = new Set(topologicalOrder([g]).map((node) => node.scope));
    expect([...scopes].sort()).toEqual(['', 'generator/dense', 'gradient/generator/dense']);
  });

  it('builds no derivative that nobody asked for', () => {
    const w = t.input('w', [3]);
    const operators = topologicalOrder(t.grad(t.sum(t.pow(x, w)), [x])).map(({ operator }) => operator.name);
    expect(operators).not.toContain('Log');
  });

  it('joins the gradients of slices that share a tensor out', () => {
    const [a, b, c] = t.split(x, 3) as [t.Tensor, t.Tensor, t.Tensor];
    const g = one(t.grad(t.sum(t.mul(t.mul(a, b), t.exp(c))), [x]));
    expect(g.operator.name).toBe('Concat');
  });

  it('differentiates an average over a named dimension', () => {
    const batch = t.input('batch', ['N', 2]);
    const g = one(t.grad(t.mean(t.mul(batch, batch)), [batch]));
    expect(g.shape).toEqual(['N', 2]);
    const value = t.valueOf([1, 2, 3, 4, 5, 6], [3, 2]);
    const result = t.numbersOf(t.evaluate({ g }, { batch: value }).g as t.Value);
    for (const [i, y] of result.entries()) expect(y).toBeCloseTo((i + 1) / 3, 6);
  });

  it('handles programs deeper than the call stack', () => {
    let y = x;
    for (let i = 0; i < 20_000; i++) y = t.mul(y, i % 2 === 0 ? 2 : 0.5);
    expect(numbers(one(t.grad(t.sum(y), [x])))).toEqual([1, 1, 1]);
  });

  it('sums over several results in vjp', () => {
    const [g] = t.vjp([t.mul(x, 2), t.sum(x)], [x], [t.constant([1, 2, 3]), t.constant(10)]);
    expect(numbers(g as t.Tensor)).toEqual([12, 14, 16]);
  });
});

describe('errors of grad', () => {
  const code = (build: () => unknown): string => {
    try {
      build();
    } catch (error) {
      return t.GanymedeError.is(error) ? `${error.code}: ${error.message}` : String(error);
    }
    return 'nothing';
  };

  it('asks for a scalar or a seed', () => {
    expect(code(() => t.grad(x, [x]))).toMatch(/^GANYMEDE_SHAPE: .*\[3\]/);
    expect(code(() => t.grad(x, [x], { seed: t.constant([1, 2]) }))).toMatch(/^GANYMEDE_SHAPE/);
  });

  it('refuses integers', () => {
    expect(code(() => t.grad(t.sum(t.argMax(x)), [x]))).toMatch(/^GANYMEDE_DTYPE/);
  });

  it('names the operator without a rule and its layer', () => {
    const opaque = t.defineOperator<t.NoAttributes, t.Unary>({
      name: 'Opaque',
      infer: ([input]) => ({ dtype: input.dtype, shape: input.shape }),
      evaluate: ([input]) => input.data,
      onnx: {},
    });
    const y = t.scope('critic/head', () => t.makeTensor(opaque, [x], {}));
    expect(code(() => t.grad(t.sum(y), [x]))).toMatch(
      /^GANYMEDE_NO_GRADIENT: operator Opaque in critic\/head/,
    );
    // It is no error if its derivative is not needed.
    expect(numbers(one(t.grad(t.sum(t.add(x, t.stopGradient(y))), [x])))).toEqual([1, 1, 1]);
  });
});

describe('the gradient penalty of WGAN-GP', () => {
  // conv, leaky ReLU, transposed conv, tanh, dense; the norm of the critic's gradient, differentiated for all filters.
  const shapes = {
    x: [2, 2, 6, 6],
    w1: [3, 2, 4, 4],
    w2: [3, 2, 3, 3],
    w3: [2, 3, 3, 3],
    w4: [50, 1],
  } as const;
  const tensors = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, t.input(name, shape, 'float64')]),
  ) as Record<keyof typeof shapes, t.Tensor>;
  const values = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      valueOfSample(between(shape, -0.4, 0.4), 'float64'),
    ]),
  );

  const h1 = t.leakyRelu(t.conv(tensors.x, tensors.w1, { strides: 2, pads: 1 }), 0.2);
  const h2 = t.tanh(t.convTranspose(h1, tensors.w2, { strides: 2, pads: 1, outputPadding: 0 }));
  const h3 = t.leakyRelu(t.conv(h2, t.transpose(tensors.w3, [1, 0, 2, 3]), { pads: 1 }), 0.2);
  const score = t.matmul(t.reshape(t.slice(h3, { axes: [1], starts: [0], ends: [2] }), [2, -1]), tensors.w4);
  const gx = one(t.grad(t.sum(score), [tensors.x]));
  const norm = t.sqrt(t.add(t.sum(t.mul(gx, gx), [1, 2, 3]), 1e-12));
  const penalty = t.mean(t.square(t.sub(norm, 1)));
  const names = ['x', 'w1', 'w2', 'w3', 'w4'] as const;
  const gradients = t.grad(
    penalty,
    names.map((name) => tensors[name]),
  );

  it.each(names)('has the derivative of finite differences for %s', (name) => {
    const analytic = t.evaluate({ g: gradients[names.indexOf(name)] as t.Tensor }, values).g as t.Value;
    const value = values[name] as t.Value<'float64'>;
    const program = t.graph({ outputs: { penalty } });
    for (let i = 0; i < value.data.length; i += Math.ceil(value.data.length / 12)) {
      const at = (step: number): number => {
        const data = value.data.slice();
        data[i] = (data[i] as number) + step;
        return t.scalarOf(t.evaluate(program, { ...values, [name]: { ...value, data } }).penalty as t.Value);
      };
      const wanted = (at(1e-6) - at(-1e-6)) / 2e-6;
      expect(Number(analytic.data[i])).toBeCloseTo(wanted, 7);
    }
  });
});
