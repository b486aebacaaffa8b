import * as t from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { layOut } from './lay-out.js';

const real = (name: string, ...shape: t.Dim[]) => t.input(name, shape, 'float32');
const count = ({ nodes }: t.Graph, name: string): number =>
  nodes.filter(({ operator }) => operator.name === name).length;

/** Two convolutions with normalization between, and the gradients of everything. */
function program(): t.Graph {
  const [x, w, u] = [real('x', 2, 3, 8, 8), real('w', 4, 3, 3, 3), real('u', 5, 4, 3, 3)];
  const scale = real('scale', 1, 4, 1, 1);
  const h = t.conv(x, w, { pads: 1, bias: real('b', 4) });
  const centred = h
    .sub(h.mean([0, 2, 3], true))
    .mul(scale)
    .leakyRelu(0.2);
  const y = t.conv(t.maxPool(centred, { kernel: 2 }), u, { strides: 2, pads: 1 });
  const loss = y.square().sum([1, 2, 3]).mean();
  const [dw, du, dscale] = t.grad(loss, [w, u, scale]) as [t.Tensor, t.Tensor, t.Tensor];
  return t.optimize(t.graph({ outputs: { loss, dw, du, dscale, y } }));
}

it('computes the same', () => {
  const source = program();
  const laid = layOut(source);
  const feeds = Object.fromEntries(
    source.inputs.map((x, k) => {
      const shape = x.shape as readonly number[];
      const length = shape.reduce((a, b) => a * b, 1);
      return [
        t.inputName(x) as string,
        t.valueOf(
          Array.from({ length }, (_, i) => Math.sin(7 * k + i)),
          shape,
        ),
      ];
    }),
  );
  const [wanted, got] = [t.evaluate(source, feeds), t.evaluate(laid, feeds)];
  for (const [name, { shape, data }] of Object.entries(wanted)) {
    expect(got[name]?.shape).toEqual(shape);
    for (const [i, number] of Array.from(data as Float32Array).entries())
      expect(got[name]?.data[i], `${name}[${i}]`).toBeCloseTo(number, 3);
  }
});

it('keeps channels last between convolutions', () => {
  const x = real('x', 2, 3, 8, 8);
  const h = t
    .conv(x, real('w', 4, 3, 3, 3), { pads: 1 })
    .relu()
    .add(real('b', 4, 1, 1));
  const laid = layOut(t.graph({ outputs: { y: t.conv(h, real('u', 5, 4, 3, 3)) } }));
  // Image and result, and the two filters; that of the bias moves nothing.
  expect(count(laid, 'Transpose')).toBe(4);
  expect(count(laid, 'Conv')).toBe(0);
  expect(count(laid, 'Conv (channels last)')).toBe(2);
});

it('leaves a graph without convolutions alone', () => {
  const source = t.graph({ outputs: { y: t.matmul(real('a', 2, 3), real('b', 3, 4)).tanh() } });
  expect(layOut(source)).toBe(source);
});
