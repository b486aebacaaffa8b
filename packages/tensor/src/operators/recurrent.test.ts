import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { runInRuntime } from '../../test/runtime.js';
import * as t from '../index.js';

const wave = (shape: number[], step: number): t.Value =>
  t.valueOf(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(step * (i + 1))),
    shape,
  );

const layers = {
  lstm: {
    gates: 4,
    run: (x: t.Tensor, w: t.Tensor, r: t.Tensor, bias: t.Tensor, options: t.LstmOptions) =>
      t.lstm(x, w, r, { bias, ...options }),
  },
  gru: {
    gates: 3,
    run: (x: t.Tensor, w: t.Tensor, r: t.Tensor, bias: t.Tensor, options: t.GruOptions) =>
      t.gru(x, w, r, { bias, resetAfter: false, ...options }),
  },
} as const;

describe.each(Object.entries(layers))('%s', (_, { gates, run }) => {
  const [units, width, batch] = [2, 3, 2];
  const w = t.constant(wave([1, gates * units, width], 1.1));
  const r = t.constant(wave([1, gates * units, units], 1.7));
  const bias = t.constant(wave([1, 2 * gates * units], 2.3));
  const forms = ['unrolled', 'scan', 'fused'] as const;

  it.each(['forward', 'reverse'] as const)(
    'has forms that agree, and gradients that do: %s',
    async (direction) => {
      const x = t.input('x', [9, batch, width]);
      const outputs: Record<string, t.Tensor> = {};
      for (const form of forms) {
        const { outputs: y, h } = run(x, w, r, bias, { direction, form });
        const [dx] = t.grad(t.add(t.sum(t.square(y)), t.sum(h)), [x]);
        Object.assign(outputs, { [`${form}.y`]: y, [`${form}.h`]: h, [`${form}.dx`]: dx });
      }
      const program = t.graph({ outputs });
      const results = await runInRuntime(ort, t.encodeOnnx(program), { x: wave([9, batch, width], 0.37) });
      for (const what of ['y', 'h', 'dx']) {
        for (const form of ['scan', 'fused']) {
          results[`${form}.${what}`]?.numbers.forEach((number, i) => {
            expect(number).toBeCloseTo(results[`unrolled.${what}`]?.numbers[i] as number, 4);
          });
        }
      }
    },
  );

  it('reads backwards as forwards over the reversed sequence', () => {
    const x = t.input('x', [3, batch, width]);
    const back = run(x, w, r, bias, { direction: 'reverse' });
    const turned = run(t.reverse(x, 0), w, r, bias, {});
    const { a, b, c, d } = t.evaluate(
      { a: back.outputs, b: t.reverse(turned.outputs, 0), c: back.h, d: turned.h },
      { x: wave([3, batch, width], 0.9) },
    );
    expect(a).toEqual(b);
    expect(c).toEqual(d);
  });

  it('takes any number of steps and examples as a loop and as one node', async () => {
    const x = t.input('x', ['T', 'N', width]);
    const [looped, fused] = (['scan', 'fused'] as const).map((form) => run(x, w, r, bias, { form }).outputs);
    const bytes = t.encodeOnnx(
      t.graph({ outputs: { looped: looped as t.Tensor, fused: fused as t.Tensor } }),
    );
    for (const [steps, examples] of [
      [2, 3],
      [5, 1],
    ] as const) {
      const results = await runInRuntime(ort, bytes, { x: wave([steps, examples, width], 0.5) });
      expect(results.looped?.shape).toEqual([steps, 1, examples, units]);
      results.fused?.numbers.forEach((number, i) => {
        expect(number).toBeCloseTo(results.looped?.numbers[i] as number, 5);
      });
    }
    expect(() => run(x, w, r, bias, { form: 'unrolled' })).toThrow(/number of steps T must be known/);
  });

  it('refuses weights that do not fit', () => {
    const x = t.input('x', [2, 2, 4]);
    expect(() => run(x, w, r, bias, {})).toThrow(/do not fit together/);
    expect(() => run(x, w, t.constant(wave([3, 8, 2], 1)), bias, { form: 'fused' })).toThrow(
      /do not fit together/,
    );
  });
});

it('gru resets before the product as Cho et al. write it', () => {
  const [w, r] = [t.constant(wave([1, 3, 1], 0.8)), t.constant(wave([1, 3, 1], 1.3))];
  const x = t.constant(t.valueOf([0.5, -1], [2, 1, 1]));
  const h0 = t.constant(t.valueOf([0.4], [1, 1, 1]));
  const { h } = t.gru(x, w, r, { h: h0, resetAfter: false });
  const sigma = (v: number): number => 1 / (1 + Math.exp(-v));
  const [wz, wr, wh] = [0.8, 1.6, 2.4].map(Math.sin) as [number, number, number];
  const [rz, rr, rh] = [1.3, 2.6, 3.9].map(Math.sin) as [number, number, number];
  let state = 0.4;
  for (const v of [0.5, -1]) {
    const z = sigma(wz * v + rz * state);
    const reset = sigma(wr * v + rr * state);
    state = (1 - z) * Math.tanh(wh * v + rh * (reset * state)) + z * state;
  }
  expect(t.scalarOf(t.evaluate({ h }).h)).toBeCloseTo(state, 6);
});
