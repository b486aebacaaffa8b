import type { Loss, Regularizer } from '@ganymede/core';
import { describe, expectTypeOf, it } from 'vitest';
import { gradientPenalty } from './gradient-penalty.js';
import { leastSquares } from './least-squares.js';

describe('losses', () => {
  it('are made by calling them, with options by name', () => {
    expectTypeOf(leastSquares({ b: 0.9 })).toExtend<Loss>();
    expectTypeOf(gradientPenalty({ weight: 0.1 })).toExtend<Regularizer>();
    // @ts-expect-error there is no such option
    leastSquares({ d: 1 });
  });
});
