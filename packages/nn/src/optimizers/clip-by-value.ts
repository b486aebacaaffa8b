import type { Optimizer } from '@ganymede/core';
import { mapTree } from '@ganymede/core';
import { statelessTransform } from './stateless-transform.js';

/** Brings every element of the gradients to [−`max`, `max`]. Changes their direction; {@link clipByGlobalNorm} does not. */
export const clipByValue = (max: number): Optimizer =>
  statelessTransform((gradients) => mapTree(gradients, (g) => g.clip(-max, max)));
