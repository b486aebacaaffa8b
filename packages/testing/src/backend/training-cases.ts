import * as t from '@ganymede/tensor';
import { type BackendCase, sample } from './backend-case.js';

const real = (name: string, ...shape: number[]) => t.input(name, shape, 'float32');

function normalize(x: t.Tensor, scale: t.Tensor, shift: t.Tensor): t.Tensor {
  const axes = [0, 2, 3];
  const centred = x.sub(x.mean(axes, true));
  const variance = centred.square().mean(axes, true);
  return centred.div(variance.add(1e-5).sqrt()).mul(scale).add(shift);
}

/** What trains a GAN: a recurrent cell, a normalised layer, a gradient of a gradient, an optimizer's update. */
export const trainingCases: readonly BackendCase[] = [
  {
    name: 'a step of an LSTM and its gradients',
    build: () => {
      const [x, h, c] = [real('x', 4, 3), real('h', 4, 5), real('c', 4, 5)];
      const [w, u] = [real('w', 3, 20), real('u', 5, 20)];
      const gates = t.matmul(x, w).add(t.matmul(h, u));
      const [i, f, g, o] = t.split(gates, 4, 1) as [t.Tensor, t.Tensor, t.Tensor, t.Tensor];
      const cell = f.sigmoid().mul(c).add(i.sigmoid().mul(g.tanh()));
      const hidden = o.sigmoid().mul(cell.tanh());
      const [dw, du] = t.grad(hidden.square().sum(), [w, u]) as [t.Tensor, t.Tensor];
      return { cell, hidden, dw, du };
    },
    feeds: [
      {
        x: sample([4, 3], 1),
        h: sample([4, 5], 2),
        c: sample([4, 5], 3),
        w: sample([3, 20], 4),
        u: sample([5, 20], 5),
      },
    ],
  },
  {
    name: 'batch normalization between convolution and activation, with gradients',
    build: () => {
      const [x, w, scale, shift] = [
        real('x', 4, 2, 8, 8),
        real('w', 12, 2, 4, 4),
        real('scale', 1, 12, 1, 1),
        real('shift', 1, 12, 1, 1),
      ];
      const h = normalize(t.conv(x, w, { strides: 2, pads: 1 }), scale, shift).leakyRelu(0.2);
      const y = t.matmul(t.flatten(h), real('v', 192, 1));
      const [dx, dw, dscale, dshift] = t.grad(y.square().mean(), [x, w, scale, shift]) as t.Tensor[];
      return {
        y,
        dx: dx as t.Tensor,
        dw: dw as t.Tensor,
        dscale: dscale as t.Tensor,
        dshift: dshift as t.Tensor,
      };
    },
    feeds: [
      {
        x: sample([4, 2, 8, 8], 6),
        w: sample([12, 2, 4, 4], 7, 0.3),
        scale: sample([1, 12, 1, 1], 8),
        shift: sample([1, 12, 1, 1], 9),
        v: sample([192, 1], 10, 0.2),
      },
    ],
    tolerance: { absolute: 1e-4, relative: 1e-3 },
  },
  {
    name: 'the penalty of WGAN-GP and its gradient: a gradient of a gradient',
    build: () => {
      const [x, w, u, v] = [
        real('x', 3, 1, 8, 8),
        real('w', 6, 1, 4, 4),
        real('u', 6, 2, 4, 4),
        real('v', 128, 1),
      ];
      const h = t.conv(x, w, { strides: 2, pads: 1 }).leakyRelu(0.2);
      const score = t.matmul(t.flatten(t.convTranspose(h, u, { strides: 2, pads: 1 }).tanh()), v).sum();
      const [dx] = t.grad(score, [x]) as [t.Tensor];
      const norm = dx.square().sum([1, 2, 3]).add(1e-12).sqrt();
      const penalty = norm.sub(1).square().mean();
      const [dw, du, dv] = t.grad(penalty, [w, u, v]) as [t.Tensor, t.Tensor, t.Tensor];
      return { penalty, dw, du, dv };
    },
    feeds: [
      {
        x: sample([3, 1, 8, 8], 11),
        w: sample([6, 1, 4, 4], 12, 0.4),
        u: sample([6, 2, 4, 4], 13, 0.4),
        v: sample([128, 1], 14),
      },
    ],
    tolerance: { absolute: 1e-4, relative: 1e-3 },
  },
  {
    name: 'an update of Adam, repeated',
    build: () => {
      const [p, g, m, v] = [real('p', 10), real('g', 10), real('m', 10), real('v', 10)];
      const rate = t.input('rate', [], 'float32');
      const first = m.mul(0.5).add(g.mul(0.5));
      const second = v.mul(0.999).add(g.square().mul(0.001));
      return { next: p.sub(first.mul(rate).div(second.sqrt().add(1e-8))), first, second };
    },
    feeds: [1, 2].map((k) => ({
      p: sample([10], k),
      g: sample([10], 2 * k),
      m: sample([10], 3 * k, 0.1),
      v: t.filled([10], 0.01),
      rate: t.valueOf(1e-3),
    })),
  },
];
