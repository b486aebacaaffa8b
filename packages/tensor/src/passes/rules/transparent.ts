import type { Rewrite } from '../../graph/rewrite.js';

/** Identity, StopGradient and Tap are their input. */
export const removeTransparent: Rewrite = (node) => {
  const { name } = node.operator;
  return name === 'Identity' || name === 'StopGradient' || name === 'Tap' ? (node.inputs[0] ?? node) : node;
};
