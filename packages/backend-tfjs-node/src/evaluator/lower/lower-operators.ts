import { type Graph, rewriteGraph, type Tensor } from '@ganymede/tensor';
import { type Composition, compositions } from './compositions.js';
import { linearOperators } from './linear-operators.js';
import { recurrences } from './recurrences.js';

const table: Readonly<Record<string, Composition>> = { ...compositions, ...linearOperators, ...recurrences };

/** Writes operators that TensorFlow.js has no kernel for with those that it has. */
export const lowerOperators = (source: Graph): Graph =>
  rewriteGraph(source, (node: Tensor) => table[node.operator.name]?.(node) ?? node);
