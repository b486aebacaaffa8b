import {
  conv,
  type Graph,
  pad,
  type Rewrite,
  rewriteGraph,
  type Tensor,
  windowAttributes,
} from '@ganymede/tensor';

/** Zeros for more channels: `[N, C, ...]` to `[N, C + extra, ...]`. */
function withChannels(x: Tensor, extra: number): Tensor {
  const none = new Array<number>(x.rank).fill(0);
  return pad(x, [...none, ...none.map((_, axis) => (axis === 1 ? extra : 0))]);
}

const fault: Rewrite = (node) => {
  if (node.operator.name !== 'Conv') return node;
  const [x, w, bias] = node.inputs as readonly [Tensor, Tensor, Tensor?];
  const { strides, pads, dilations, group } = windowAttributes(node);
  const [filters = 1, channels = 1] = w.shape.map(Number);
  const wrong = group === 1 && channels > 3 && channels % 3 === 0 && channels % 4 !== 0 && filters % 4 === 0;
  if (!wrong) return node;
  const extra = 4 - (channels % 4);
  const options = { strides, pads, dilations, ...(bias && { bias }) };
  return conv(withChannels(x, extra), withChannels(w, extra), options);
};

/**
 * Works around a fault of ONNX Runtime 1.30's WebGPU Conv: with 6, 9, 15, 18 … input channels (divisible by 3, not by 4, more
 * than 3) and a number of filters divisible by 4 it computes wrong numbers without a word. Such convolutions get channels of
 * zeros up to a multiple of 4. See https://github.com/microsoft/onnxruntime/issues/29651.
 */
export const avoidConvFault = (program: Graph): Graph => rewriteGraph(program, fault);
