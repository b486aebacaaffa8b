import type { Network, StepContext } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';

/** A network without variables: a function with a name. */
export const stateless = (name: string, apply: (x: Tensor, ctx: StepContext) => Tensor): Network => ({
  name,
  buffers: [],
  init: () => ({}),
  apply: (_variables, x, ctx) => apply(x, ctx),
});
