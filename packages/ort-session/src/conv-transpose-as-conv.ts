import { GanymedeError } from '@ganymede/core';
import {
  concat,
  constant,
  conv,
  gather,
  isStatic,
  pad,
  reshape,
  type Rewrite,
  slice,
  type Tensor,
  transpose,
  valueOf,
  windowAttributes,
} from '@ganymede/tensor';

/** `stride - 1` zeros between the elements of a spatial axis. */
function spread(x: Tensor, axis: number, stride: number): Tensor {
  const size = Number(x.shape[axis]);
  if (stride === 1 || size <= 1) return x;
  const [batch = 1, ...rest] = x.shape;
  const [before, after] = [rest.slice(0, axis - 1), rest.slice(axis)].map((dims) =>
    dims.reduce<number>((product, d) => product * Number(d), 1),
  ) as [number, number];
  const apart = pad(reshape(x, [batch, before, size, 1, after]), [0, 0, 0, 0, 0, 0, 0, 0, stride - 1, 0]);
  const row = reshape(apart, [batch, before, size * stride, after]);
  const last = (size - 1) * stride + 1;
  const kept = slice(row, { axes: [2], starts: [0], ends: [last] });
  return reshape(
    kept,
    x.shape.map((d, i) => (i === axis ? last : d)),
  );
}

/** Filters `[C, M / group, ...kernel]` of a transposed convolution as those of a convolution: turned round, `[M, C / group, ...]`. */
function turned(w: Tensor, group: number): Tensor {
  const [channels = 1, filters = 1, ...kernel] = w.shape.map(Number);
  const back = kernel.reduce((flipped, size, i) => {
    const order = Array.from({ length: size }, (_, k) => size - 1 - k);
    return size === 1 ? flipped : gather(flipped, constant(valueOf(order, [size], 'int64')), i + 2);
  }, w);
  const places = kernel.map((_, i) => i);
  if (group === 1) return transpose(back, [1, 0, ...places.map((i) => i + 2)]);
  const grouped = reshape(back, [group, channels / group, filters, ...kernel]);
  const swapped = transpose(grouped, [0, 2, 1, ...places.map((i) => i + 3)]);
  return reshape(swapped, [group * filters, channels / group, ...kernel]);
}

/** A transposed convolution as a convolution over its input with zeros between the elements. */
export function convTransposeAsConv(node: Tensor): Tensor {
  const [x, w, bias] = node.inputs as readonly [Tensor, Tensor, Tensor?];
  const { strides, dilations, pads, group } = windowAttributes(node);
  const { output_padding } = node.attributes as { readonly output_padding: readonly number[] };
  const axes = strides.length;
  if (!isStatic(x.shape.slice(1)) || !isStatic(w.shape)) throw unknownSizes(node, group, axes);
  const reach = (i: number): number => (dilations[i] as number) * (Number(w.shape[i + 2]) - 1);
  const before = strides.map((_, i) => reach(i) - (pads[i] as number));
  const after = strides.map((_, i) => reach(i) - (pads[i + axes] as number) + (output_padding[i] as number));
  let spaced = strides.reduce((apart, stride, i) => spread(apart, i + 2, stride), x);
  // Where more is taken away than the filter reaches, the elements there meet nothing.
  before.forEach((b, i) => {
    const size = Number(spaced.shape[i + 2]);
    const [start, end] = [Math.max(0, -b), size + Math.min(0, after[i] as number)];
    spaced = slice(spaced, { axes: [i + 2], starts: [start], ends: [end] });
  });
  return conv(spaced, turned(w, group), {
    dilations,
    group,
    pads: [...before, ...after].map((p) => Math.max(0, p)),
    ...(bias && { bias }),
  });
}

const unknownSizes = (node: Tensor, group: number, axes: number): GanymedeError =>
  new GanymedeError('GANYMEDE_BACKEND_OPERATOR', {
    message: `WebGPU cannot compute a transposed convolution in ${axes} dimensions and ${group} groups over named sizes (${node.scope || 'no layer'})`,
    hint: 'give the sizes of the image as numbers, or use another device',
    data: { operators: ['ConvTranspose'], node: node.scope, device: 'webgpu' },
  });

/** Rewrites those transposed convolutions that ONNX Runtime 1.30 gets wrong on WebGPU (in groups), or refuses (in 3-D). */
export const withoutFaultyConvTranspose: Rewrite = (node) => {
  if (node.operator.name !== 'ConvTranspose') return node;
  const { group, strides } = windowAttributes(node);
  return group > 1 || strides.length > 2 ? convTransposeAsConv(node) : node;
};

/** Rewrites convolutions in 3-D and groups, which ONNX Runtime 1.30 refuses on WebGPU, as one convolution per group. */
export const withoutGroupedConv3d: Rewrite = (node) => {
  if (node.operator.name !== 'Conv') return node;
  const { group, strides, dilations, pads } = windowAttributes(node);
  if (group === 1 || strides.length < 3) return node;
  const [x, w, bias] = node.inputs as readonly [Tensor, Tensor, Tensor?];
  const part = (of: Tensor, axis: number, k: number): Tensor => {
    const size = Number(of.shape[axis]) / group;
    return slice(of, { axes: [axis], starts: [k * size], ends: [(k + 1) * size] });
  };
  const parts = Array.from({ length: group }, (_, k) =>
    conv(part(x, 1, k), part(w, 0, k), {
      strides,
      dilations,
      pads,
      ...(bias && { bias: part(bias, 0, k) }),
    }),
  );
  return concat(parts, 1);
};
