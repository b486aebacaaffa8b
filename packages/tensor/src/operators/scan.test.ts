import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import * as t from '../index.js';
import { numbersOf } from '../value.js';
import { runInRuntime } from '../../test/runtime.js';

const only = (list: readonly t.Tensor[]): t.Tensor => list[0] as t.Tensor;

/** y_k = w · y_(k-1) + x_k. */
const leaky = (x: t.Tensor, w: t.Tensor) =>
  t.scan({ init: [t.zeros([2])], sequences: [x] }, ([y], [now]) => {
    const next = t.add(t.mul(y as t.Tensor, w), now as t.Tensor);
    return { state: [next], outputs: [next] };
  });

const count = (program: t.Graph, name: string): number =>
  program.nodes.filter((x) => x.operator.name === name).length;

describe('scan', () => {
  it('runs for as many steps as the sequence that is fed has', async () => {
    const x = t.input('x', ['T', 2]);
    const y = only(leaky(x, t.constant(0.5)).outputs);
    expect(y.shape).toEqual(['T', 2]);
    const program = t.graph({ outputs: { y } });
    const bytes = t.encodeOnnx(program);
    for (const [numbers, wanted] of [
      [
        [1, 2],
        [1, 2],
      ],
      [
        [1, 2, 3, 4],
        [1, 2, 3.5, 5],
      ],
    ] as const) {
      const feeds = { x: t.valueOf(numbers, [numbers.length / 2, 2]) };
      expect(numbersOf(t.evaluate(program, feeds).y as t.Value)).toEqual(wanted);
      expect((await runInRuntime(ort, bytes, feeds)).y).toEqual({
        shape: [numbers.length / 2, 2],
        numbers: wanted,
      });
    }
  });

  it('is one node whatever its length, with all results that are read and no others', () => {
    const x = t.input('x', [100, 2]);
    const { state, outputs } = leaky(x, t.constant(0.5));
    const graph = (outputs: Record<string, t.Tensor>) =>
      t.decodeOnnx(t.encodeOnnx(t.graph({ outputs }))).graph;
    const both = t.encodeOnnx(t.graph({ outputs: { y: only(outputs), last: only(state) } }));
    const text = new TextDecoder('latin1').decode(both);
    expect(text.split('Scan_1').length).toBeGreaterThan(1);
    expect(text).not.toContain('Scan_2');
    expect(both.length).toBeLessThan(1500);
    // As tensors, results are counted each.
    expect(count(graph({ last: only(state) }), 'Scan')).toBe(1);
  });

  it('computes what no step changes before the loop', () => {
    const [x, w] = [t.input('x', [3, 2]), t.input('w', [])];
    const y = only(
      t.scan({ init: [t.zeros([2])], sequences: [x] }, ([s], [now]) => ({
        state: [t.add(t.mul(s as t.Tensor, t.exp(w)), now as t.Tensor)],
      })).state,
    );
    expect(count(t.graph({ outputs: { y } }), 'Exp')).toBe(1);
  });

  it('agrees with its unrolled form through a gradient, in ONNX Runtime after all passes', async () => {
    const x = t.input('x', [5, 2]);
    const w = t.input('w', []);
    const looped = t.sum(t.square(only(leaky(x, w).outputs)));
    let state = t.zeros([2]);
    let unrolled = t.constant(0);
    for (let k = 0; k < 5; k++) {
      state = t.add(t.mul(state, w), t.reshape(x.slice(0, k, k + 1), [2]));
      unrolled = t.add(unrolled, t.sum(t.square(state)));
    }
    const penalty = (y: t.Tensor): t.Tensor => {
      const [dx, dw] = t.grad(y, [x, w]);
      return t.add(t.sum(t.square(dx)), t.square(dw));
    };
    const outputs: Record<string, t.Tensor> = {};
    for (const [name, y] of Object.entries({ looped, unrolled })) {
      const [dx, dw] = t.grad(penalty(y), [x, w]);
      Object.assign(outputs, { [`${name}.x`]: dx, [`${name}.w`]: dw });
    }
    const program = t.optimize(t.graph({ outputs }));
    const feeds = { x: t.valueOf([1, 2, -1, 0.5, 0.25, 3, -2, 1, 0.5, 0.1], [5, 2]), w: t.valueOf(0.7) };
    const results = await runInRuntime(ort, t.encodeOnnx(program), feeds);
    for (const name of ['x', 'w']) {
      const [a, b] = [results[`looped.${name}`], results[`unrolled.${name}`]];
      a?.numbers.forEach((number, i) => {
        expect(number / (b?.numbers[i] ?? 0)).toBeCloseTo(1, 4);
      });
    }
  });

  it('reads nothing of a graph around it but what it captures', () => {
    const x = t.input('x', [3, 2]);
    const y = only(leaky(t.tanh(x), t.constant(0.5)).outputs);
    const decoded = t.decodeOnnx(t.encodeOnnx(t.graph({ outputs: { y } })));
    expect(decoded.inputs.map((i) => t.inputName(i))).toEqual(['x']);
  });

  const x = t.input('x', [3, 2]);
  it.each<[string, () => unknown, RegExp]>([
    [
      'a state of another shape',
      () => t.scan({ init: [t.zeros([2])], sequences: [x] }, () => ({ state: [t.zeros([3])] })),
      /GANYMEDE_SHAPE.*state 0 is float32\[2\] before a step and float32\[3\] after it/s,
    ],
    [
      'no state',
      () => t.scan({ init: [t.zeros([2])], sequences: [x] }, () => ({ state: [] })),
      /float32\[2\] before a step and nothing after it/,
    ],
    [
      'neither sequences nor a length',
      () => t.scan({ init: [] }, () => ({ state: [] })),
      /no number of steps/,
    ],
    [
      'sequences of two lengths',
      () => t.scan({ init: [], sequences: [x, t.zeros([4])] }, () => ({ state: [] })),
      /\[3, 2\], \[4\] tell no number of steps/,
    ],
  ])('refuses %s', (_, build, message) => {
    let caught: unknown;
    try {
      build();
    } catch (error) {
      caught = error;
    }
    expect(t.GanymedeError.is(caught, 'GANYMEDE_SHAPE')).toBe(true);
    expect(`${(caught as t.GanymedeError).code}: ${(caught as Error).message}`).toMatch(message);
  });
});
