import { createRng } from '@ganymede/core';
import { graph, input, type Tensor, type Value } from '@ganymede/tensor';
import { createWorkbench, expectClose } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { gru } from './gru.js';
import { gruCell, gruSequence, gruStep } from './gru-cell.js';
import { lstm } from './lstm.js';
import { lstmCell, lstmSequence, type LstmState } from './lstm-cell.js';

const forms = ['scan', 'unrolled', 'fused'] as const;

/** Two sequences of five positions, and a state to start from. */
function given() {
  const bench = createWorkbench();
  const draw = (name: string, shape: readonly number[]) =>
    bench.symbol(name, createRng(2).child(name).draw(shape, { kind: 'normal' }));
  return { bench, x: draw('x', [2, 5, 4]), h: draw('h', [2, 3]), c: draw('c', [2, 3]) };
}

describe.each([false, true])('sequences, reverse: %s', (reverse) => {
  it('of an LSTM are the same in every form, from any state', () => {
    const { bench, x, h, c } = given();
    const variables = bench.symbols(lstmCell(3).init(createRng(1), [2, 5, 4]), 'v');
    const results = forms.flatMap((form) => {
      const { outputs, state } = lstmSequence(variables, x, { h, c }, { form, reverse });
      return [outputs, state.h, state.c];
    });
    const values = bench.evaluate(results);
    for (let i = 3; i < values.length; i++) expectClose(values[i] as Value, values[i % 3] as Value, 1e-12);
  });

  it('of a GRU are the same in every form, from any state, and step by step', () => {
    const { bench, x, h } = given();
    const variables = bench.symbols(gruCell(3).init(createRng(1), [2, 5, 4]), 'v');
    const results = forms.flatMap((form) => {
      const { outputs, h: last } = gruSequence(variables, x, h, { form, reverse });
      return [outputs, last];
    });
    let stepped: Tensor = h;
    for (let k = 0; k < 5; k++) {
      const t = reverse ? 4 - k : k;
      stepped = gruStep(variables, x.slice(1, t, t + 1).reshape([2, 4]), stepped);
    }
    const [first, last, ...others] = bench.evaluate([...results, stepped]);
    for (const [i, v] of others.slice(0, -1).entries())
      expectClose(v as Value, (i % 2 === 0 ? first : last) as Value, 1e-12);
    expectClose(others.at(-1) as Value, last as Value, 1e-12);
  });
});

describe.each([
  ['lstm', lstm],
  ['gru', gru],
] as const)('%s', (kind, layer) => {
  it('is a loop in training and one node otherwise, in size whatever the length', () => {
    const sizes = [5, 50].map((length) =>
      [true, false].map((training) => {
        const bench = createWorkbench({ training, dtype: 'float32' });
        const network = layer(3);
        const variables = bench.symbols(network.init(createRng(1), ['N', length, 4]), 'v');
        const y = network.apply(variables, input('x', ['N', length, 4]), bench.ctx);
        const names = graph({ outputs: { y } }).nodes.map((t) => t.operator.name);
        expect(names.includes('Scan')).toBe(training);
        expect(names.includes(kind.toUpperCase())).toBe(!training);
        return names.length;
      }),
    );
    expect(sizes[0]).toEqual(sizes[1]);
  });

  it('thins the outputs of all layers but the last, in training', () => {
    const build = (training: boolean, layers: number) => {
      const bench = createWorkbench({ training });
      const network = layer(3, { layers, dropout: 0.5 });
      const variables = bench.symbols(network.init(createRng(1), ['N', 4, 2]), 'v');
      network.apply(variables, input('x', [2, 4, 2], 'float64'), bench.ctx);
      return bench.noise.map(({ name }) => name);
    };
    expect(build(true, 3)).toEqual(['noise/layer2/mask', 'noise/layer3/mask']);
    expect(build(true, 1)).toEqual([]);
    expect(build(false, 3)).toEqual([]);
  });

  it('starts from a state of zeros', () => {
    const { bench, x } = given();
    const network = layer(3);
    const variables = bench.symbols(network.init(createRng(1), [2, 5, 4]), 'v');
    const y = network.apply(variables, x, bench.ctx);
    const zero = bench.symbol('zero', createRng(1).draw([2, 3], { kind: 'uniform', low: 0, high: 1e-30 }));
    const own = (variables as { layer1: { forward: Record<string, Tensor> } }).layer1.forward;
    const state: LstmState = { h: zero, c: zero };
    const expected =
      kind === 'lstm' ? lstmSequence(own, x, state).outputs : gruSequence(own, x, zero).outputs;
    const [a, b] = bench.evaluate([y, expected]);
    expectClose(a as Value, b as Value, 1e-12);
  });
});
