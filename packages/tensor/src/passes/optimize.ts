import type { Graph } from '../graph/graph.js';
import { eliminateDeadCode } from './eliminate-dead-code.js';
import { foldConstants } from './fold-constants.js';
import { mergeCommonSubexpressions } from './merge-common-subexpressions.js';
import { optimizeBodies } from './optimize-bodies.js';
import { simplifyAlgebra } from './simplify-algebra.js';
import { simplifyTransposes } from './simplify-transposes.js';

/** Rounds after which the passes stop even if they still find something; a DCGAN step needs 3, a SeqGAN step 2. */
const ROUNDS = 20;

/** All passes in turn until none finds anything, on the bodies of loops first. Results do not change but as the passes document. */
export function optimize(source: Graph): Graph {
  let current = optimizeBodies(eliminateDeadCode(source), optimize);
  for (let round = 0; round < ROUNDS; round++) {
    const before = current;
    for (const pass of [simplifyAlgebra, simplifyTransposes, foldConstants, mergeCommonSubexpressions]) {
      current = pass(current);
    }
    if (current === before) break;
  }
  return current;
}
