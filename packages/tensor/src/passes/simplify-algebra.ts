import type { Graph } from '../graph/graph.js';
import { type Rewrite, rewriteGraph } from '../graph/rewrite.js';
import { simplifyArithmetic } from './rules/arithmetic.js';
import { dropExpands, hoistExpands } from './rules/broadcasting.js';
import { simplifyReductions } from './rules/reductions.js';
import { removeTransparent } from './rules/transparent.js';
import { simplifyViews } from './rules/views.js';
import { simplifyWindows } from './rules/windows.js';

const rules: readonly Rewrite[] = [
  removeTransparent,
  simplifyArithmetic,
  dropExpands,
  hoistExpands,
  simplifyReductions,
  simplifyViews,
  simplifyWindows,
];

/**
 * Removes what has no effect: identities, stopGradient and tap; adding 0, multiplying by 1, negating twice; reshapes of
 * reshapes; expands that broadcasting does anyway, or that can follow a computation; slices that take back what concat or pad put together.
 *
 * Results stay the same bit for bit, but that -0 may become 0 or stay -0 where 0 was added.
 */
export function simplifyAlgebra(source: Graph): Graph {
  return rewriteGraph(source, (node) => rules.reduce((x, rule) => rule(x), node));
}
