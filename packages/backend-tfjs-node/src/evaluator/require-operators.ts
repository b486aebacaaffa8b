import { GanymedeError } from '@ganymede/core';
import { constantValue, type Graph, inputName } from '@ganymede/tensor';
import { unsupported } from './kernel.js';
import { kernelTable, transparent } from './kernels/kernel-table.js';
import { withoutLayout } from './layout/channels-last-operator.js';

/** What a backend of TensorFlow.js can do. */
export interface Abilities {
  /** Such as `tensorflow`, for messages. */
  readonly backendName: string;
  /** Whether a kernel of TensorFlow.js is there. */
  has(kernel: string): boolean;
}

/** Throws `GANYMEDE_BACKEND_OPERATOR` for float64, and naming every operator that lacks a kernel. */
export function requireOperators(graph: Graph, { backendName, has }: Abilities): void {
  const missing = new Set<string>();
  for (const node of graph.nodes) {
    const { name } = node.operator;
    if (node.dtype === 'float64')
      throw unsupported(
        node,
        'its elements are float64',
        'TensorFlow.js has no float64: build the program in float32',
      );
    if (node.inputs.length === 0 && (inputName(node) !== undefined || constantValue(node) !== undefined))
      continue;
    if (transparent.has(name)) continue;
    const needs = kernelTable[name]?.needs(node);
    if (needs === undefined || !needs.every(has)) missing.add(withoutLayout(name));
  }
  if (missing.size === 0) return;
  const operators = [...missing];
  throw new GanymedeError('GANYMEDE_BACKEND_OPERATOR', {
    message: `TensorFlow.js on "${backendName}" has no kernel for ${operators.map((name) => `operator "${name}"`).join(', ')}`,
    hint: 'run it on another backend, such as ort, or write it with other operators',
    data: { operators, device: backendName },
  });
}
