import { alphaDivergence } from './alpha.js';
import type { Divergence } from './divergence.js';
import { gan } from './gan.js';
import { jeffrey } from './jeffrey.js';
import { jensenShannon } from './jensen-shannon.js';
import { kl } from './kl.js';
import { neyman } from './neyman.js';
import { pearson } from './pearson.js';
import { reverseKl } from './reverse-kl.js';
import { squaredHellinger } from './squared-hellinger.js';
import { totalVariation } from './total-variation.js';

/** All divergences of {@link fGan}, by the name its option takes. One line per file. */
export const divergences = {
  kl: () => kl,
  'reverse-kl': () => reverseKl,
  pearson: () => pearson,
  neyman: () => neyman,
  'squared-hellinger': () => squaredHellinger,
  'jensen-shannon': () => jensenShannon,
  gan: () => gan,
  jeffrey: () => jeffrey,
  'total-variation': () => totalVariation,
  alpha: alphaDivergence,
} as const satisfies Readonly<Record<string, (alpha: number) => Divergence>>;

/** Name of a divergence. */
export type DivergenceName = keyof typeof divergences;
