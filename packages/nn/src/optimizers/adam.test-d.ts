import type { Optimizer } from '@ganymede/core';
import { describe, expectTypeOf, it } from 'vitest';
import { linear } from '../schedules/linear.js';
import { adam } from './adam.js';

describe('adam', () => {
  it('takes a number or a schedule as rate, and nothing else', () => {
    expectTypeOf(adam({ rate: 1e-4, beta1: 0 })).toEqualTypeOf<Optimizer>();
    expectTypeOf(adam({ rate: linear({ from: 1, to: 0, steps: 2 }) })).toEqualTypeOf<Optimizer>();
    expectTypeOf(adam()).toEqualTypeOf<Optimizer>();
    // @ts-expect-error a rate is no text
    adam({ rate: '1e-4' });
    // @ts-expect-error beta1 and beta2 are separate options
    adam({ betas: [0, 0.9] });
  });
});
