import { type Graph, rewriteGraph } from '@ganymede/tensor';
import { avoidConvFault } from './avoid-conv-fault.js';
import { withoutFaultyConvTranspose, withoutGroupedConv3d } from './conv-transpose-as-conv.js';

/**
 * A graph without what ONNX Runtime 1.30 computes wrongly, or refuses, on WebGPU: transposed convolutions in groups or in 3-D,
 * convolutions in 3-D and groups, some numbers of channels. Everything else is left as it is.
 */
export const avoidWebgpuFaults = (program: Graph): Graph =>
  avoidConvFault(rewriteGraph(rewriteGraph(program, withoutFaultyConvTranspose), withoutGroupedConv3d));
