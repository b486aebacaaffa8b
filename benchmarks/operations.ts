import { type Graph, isStatic, sizeOf, type Tensor } from '@ganymede/tensor';

const size = (shape: Tensor['shape']): number => {
  if (!isStatic(shape)) throw new Error('operations are counted for known sizes only');
  return sizeOf(shape);
};

/** Multiply-adds of each result element (of each input element for a transposed convolution), by operator. */
const terms: Readonly<Record<string, (node: Tensor) => number>> = {
  Gemm: ({ inputs: [a], attributes }) => Number(a?.shape[attributes.transA === 1 ? 0 : 1]),
  MatMul: ({ inputs: [a] }) => Number(a?.shape.at(-1)),
  Conv: ({ inputs: [, w] }) => size(w?.shape.slice(1) ?? []),
  ConvTranspose: ({ inputs: [, w] }) => size(w?.shape.slice(1) ?? []),
};

/** Floating-point operations of all products and convolutions of a graph; nothing else is counted. */
export const floatingPointOperations = ({ nodes }: Graph): number =>
  nodes.reduce((total, node) => {
    const each = terms[node.operator.name];
    if (each === undefined) return total;
    const [input] = node.inputs;
    const count = node.operator.name === 'ConvTranspose' ? size(input?.shape ?? []) : size(node.shape);
    return total + 2 * count * each(node);
  }, 0);
