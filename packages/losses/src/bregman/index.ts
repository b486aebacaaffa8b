import type { BregmanFunction } from './bregman-function.js';
import { burg } from './burg.js';
import { halfSquare } from './half-square.js';
import { negEntropy } from './neg-entropy.js';

/** Convex functions by the name that options take: the costs of {@link relaxedWasserstein}. One line per file. */
export const bregmanFunctions = {
  'half-square': halfSquare,
  'neg-entropy': negEntropy,
  burg,
} as const satisfies Readonly<Record<string, BregmanFunction>>;

/** Name of a Bregman function. */
export type BregmanName = keyof typeof bregmanFunctions;
