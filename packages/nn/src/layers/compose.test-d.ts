import type { Conditions } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';
import { describe, expectTypeOf, it } from 'vitest';
import { compose } from './compose.js';
import { dense } from './dense.js';

describe('compose', () => {
  it('offers the parts by name', () => {
    compose({ first: dense(1) }, (parts, x) => {
      expectTypeOf(parts.first).toEqualTypeOf<(x: Tensor, conditions?: Conditions) => Tensor>();
      // @ts-expect-error there is no such part
      parts.second;
      return parts.first(x);
    });
  });
});
