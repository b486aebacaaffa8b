import { type Graph, rewriteGraph, type Tensor } from '@ganymede/tensor';
import { type Composition, compositions } from './compositions.js';
import { recurrences } from './recurrences.js';
import { resizeAsProducts } from './resize-as-products.js';

const table: Readonly<Record<string, Composition>> = {
  ...compositions,
  ...recurrences,
  Resize: resizeAsProducts,
};

/** Writes operators that TensorFlow.js has no kernel for with those that it has. */
export const lowerOperators = (source: Graph): Graph =>
  rewriteGraph(source, (node: Tensor) => table[node.operator.name]?.(node) ?? node);

/** Names of the operators that are written with others. */
export const loweredOperators: ReadonlySet<string> = new Set(Object.keys(table));
