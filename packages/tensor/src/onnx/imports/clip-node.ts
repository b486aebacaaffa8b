import { isFloating } from '../../dtype.js';
import { clip } from '../../operators/clip.js';
import { constantNumber } from '../../operators/constant.js';
import { maximum } from '../../operators/maximum.js';
import { minimum } from '../../operators/minimum.js';
import type { Tensor } from '../../tensor.js';
import type { ImportedNode } from '../imported-operators.js';

/** Clip with bounds that are constants, or computed while the graph runs. */
export function clipNode(node: ImportedNode): Tensor {
  const x = node.input(0);
  const [low, high] = [node.optional(1), node.optional(2)];
  const known = [low, high].map((bound) => bound && constantNumber(bound));
  const [min, max] = known;
  const constant = (low === undefined || min !== undefined) && (high === undefined || max !== undefined);
  if (constant && isFloating(x.dtype)) return clip(x, min ?? -Infinity, max ?? Infinity);
  const raised = low === undefined ? x : maximum(x, low);
  return high === undefined ? raised : minimum(raised, high);
}
