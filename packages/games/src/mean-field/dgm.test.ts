import { createRng, createStepContext, flattenTree, mapTree, type Tree } from '@ganymede/core';
import { evaluate, input, numbersOf, type Value, valueOf } from '@ganymede/tensor';
import { testNetwork } from '@ganymede/testing';
import { expect, it } from 'vitest';
import { dgm } from './dgm.js';

testNetwork({ name: 'dgm', create: () => dgm({ units: 3, layers: 2 }), input: [2], output: [1] });

it('computes the equations of the paper', () => {
  const units = 2;
  const network = dgm({ units, layers: 1 });
  const variables = network.init(createRng(4), [1, 3]);
  const x = [0.3, -1.2, 0.8];
  const symbols = mapTree(variables, (v: Value, path: string) => input(path, v.shape, v.dtype));
  const { y } = evaluate(
    { y: network.apply(symbols, input('x', [1, 3]), createStepContext({ training: false }).ctx) },
    { ...flattenTree(variables), x: valueOf(x, [1, 3]) },
  );
  const matrix = (part: string) => {
    const { kernel, bias } = variables[part] as Tree<Value> & { kernel: Value; bias?: Value };
    const [rows, columns] = kernel.shape as [number, number];
    const k = numbersOf(kernel);
    const b = bias === undefined ? undefined : numbersOf(bias);
    return (h: readonly number[]) =>
      Array.from({ length: columns }, (_, j) =>
        Array.from({ length: rows }, (__, i) => (h[i] as number) * (k[i * columns + j] as number)).reduce(
          (a, c) => a + c,
          b?.[j] ?? 0,
        ),
      );
  };
  const plus = (a: readonly number[], b: readonly number[]) =>
    a.map((v, i) => Math.tanh(v + (b[i] as number)));
  const s1 = matrix('first')(x).map(Math.tanh);
  const u = matrix('input1')(x);
  const w = matrix('state1')(s1);
  const gate = (all: readonly number[], i: number) => all.slice(i * units, (i + 1) * units);
  const z = plus(gate(u, 0), gate(w, 0));
  const r = plus(gate(u, 1), gate(w, 1));
  const g = plus(gate(u, 2), matrix('first1')(s1));
  const c = plus(gate(u, 3), matrix('candidate1')(s1.map((s, i) => s * (r[i] as number))));
  const s2 = c.map((ci, i) => (1 - (g[i] as number)) * ci + (z[i] as number) * (s1[i] as number));
  expect(numbersOf(y)[0]).toBeCloseTo(matrix('last')(s2)[0] as number, 6);
});
