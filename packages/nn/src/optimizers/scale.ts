import type { Optimizer, Scheduled } from '@ganymede/core';
import { mapTree } from '@ganymede/core';
import { statelessTransform } from './stateless-transform.js';

/** Multiplies updates by `factor`, a number or a schedule (`scalar/<path>/factor`). */
export const scale = (factor: Scheduled): Optimizer =>
  statelessTransform((gradients, _params, ctx) => {
    const by = ctx.scalar('factor', factor);
    return mapTree(gradients, (g) => g.mul(by));
  });

/** Turns a direction of growth into a step of descent: multiplies by −`rate` (`scalar/<path>/rate`). Ends a chain. */
export const scaleByRate = (rate: Scheduled): Optimizer =>
  statelessTransform((gradients, _params, ctx) => {
    const by = ctx.scalar('rate', rate).neg();
    return mapTree(gradients, (g) => g.mul(by));
  });
