import * as t from '@ganymede/tensor';
import { type Dice, type Entry, entry, type ProgramStep, sizes } from './program-step.js';

/** As batch of images: what windows move over. */
const isImage = (x: Entry): boolean =>
  x.tensor.rank === 4 &&
  sizes(x)
    .slice(2)
    .every((d) => d >= 3);

function convolved(x: Entry, dice: Dice): Entry | undefined {
  if (!isImage(x)) return undefined;
  const channels = sizes(x)[1] as number;
  const group = dice(3) === 0 ? channels : 1;
  const kernel = [1 + dice(3), 1 + dice(3)];
  const w = dice.shaped([group * (1 + dice(2)), channels / group, ...kernel]);
  const small = kernel.every((k) => k < 3);
  const pads = [0, 1, 2, 3].map(() => dice(2));
  const y = t.conv(x.tensor, w.tensor, {
    group,
    pads,
    strides: [1 + dice(2), 1 + dice(2)],
    dilations: small ? 1 + dice(2) : 1,
    ...(dice(2) === 0 && { bias: dice.shaped([sizes(w)[0] as number]).tensor }),
  });
  const terms = (channels / group) * (kernel[0] as number) * (kernel[1] as number);
  return entry(y, x.bound * w.bound * terms + 8);
}

function laidOut(x: Entry, dice: Dice): Entry | undefined {
  if (!isImage(x)) return undefined;
  const channels = sizes(x)[1] as number;
  const stride = 1 + dice(2);
  const kernel = stride + dice(2);
  const w = dice.shaped([channels, 1 + dice(2), kernel, kernel]);
  const y = t.convTranspose(x.tensor, w.tensor, {
    strides: stride,
    pads: kernel > 1 ? dice(2) : 0,
    outputPadding: stride > 1 ? dice(2) : 0,
  });
  return entry(y, x.bound * w.bound * channels * kernel * kernel);
}

/** Sums of products, and means under windows. */
export const productSteps: readonly ProgramStep[] = [
  {
    name: 'matmul',
    apply: (x, dice) => {
      const k = sizes(x).at(-1);
      if (k === undefined) return undefined;
      const w = dice.shaped([k, 1 + dice(4)]);
      return entry(t.matmul(x.tensor, w.tensor), x.bound * w.bound * k);
    },
  },
  {
    name: 'vector',
    apply: (x, dice) => {
      const k = sizes(x).at(-1);
      if (k === undefined) return undefined;
      const w = dice.shaped([k]);
      return entry(t.matmul(x.tensor, w.tensor), x.bound * w.bound * k);
    },
  },
  {
    name: 'gram',
    apply: (x) => {
      const rank = x.tensor.rank;
      if (rank < 2) return undefined;
      const order = [...Array.from({ length: rank - 2 }, (_, i) => i), rank - 1, rank - 2];
      return entry(t.matmul(x.tensor, t.transpose(x.tensor, order)), x.bound ** 2 * (sizes(x).at(-1) ?? 1));
    },
  },
  {
    name: 'gemm',
    apply: (x, dice) => {
      if (x.tensor.rank !== 2) return undefined;
      const transA = dice(2) === 0;
      const transB = dice(2) === 0;
      const k = sizes(x)[transA ? 0 : 1] as number;
      const n = 1 + dice(4);
      const w = dice.shaped(transB ? [n, k] : [k, n]);
      const bias = dice.shaped(dice.pick([[n], [1, n], []]));
      const y = t.gemm(x.tensor, w.tensor, { transA, transB, bias: bias.tensor });
      return entry(y, x.bound * w.bound * k + bias.bound);
    },
  },
  {
    name: 'einsum',
    apply: (x, dice) => {
      if (x.tensor.rank !== 3) return undefined;
      const [a = 1, b = 1, c = 1] = sizes(x);
      const w = dice.shaped([a, c, 1 + dice(3)]);
      const y = t.einsum(dice.pick(['abc,acd->abd', 'abc,acd->db', 'abc,acd->cad']), x.tensor, w.tensor);
      return entry(y, x.bound * w.bound * a * b * c);
    },
  },
  {
    name: 'resize',
    apply: (x, dice) =>
      isImage(x)
        ? entry(
            t.resize(x.tensor, {
              sizes: [2 + dice(6), 2 + dice(6)],
              mode: dice.pick(['linear', 'cubic']),
              coordinates: dice.pick(['half_pixel', 'align_corners', 'asymmetric']),
            }),
            2 * x.bound,
          )
        : undefined,
  },
  { name: 'conv', apply: convolved },
  { name: 'convTranspose', apply: laidOut },
  {
    name: 'averagePool',
    apply: (x, dice) =>
      isImage(x)
        ? entry(
            t.averagePool(x.tensor, {
              kernel: 2 + dice(2),
              strides: 1 + dice(2),
              pads: dice(2),
              countPadding: dice(2) === 0,
            }),
            x.bound,
          )
        : undefined,
  },
  {
    name: 'maxPool',
    apply: (x, dice) =>
      isImage(x) && x.exact
        ? entry(
            t.maxPool(x.tensor, { kernel: 2 + dice(2), strides: 1 + dice(2), pads: dice(2) }),
            x.bound,
            true,
          )
        : undefined,
  },
];
