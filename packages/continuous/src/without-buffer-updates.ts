import type { StepContext } from '@ganymede/core';

/** A context in which networks compute as usual but leave their buffers alone: for passes that are not theirs to learn from. */
export const withoutBufferUpdates = (ctx: StepContext): StepContext => ({
  training: ctx.training,
  path: ctx.path,
  child: (name) => withoutBufferUpdates(ctx.child(name)),
  noise: (name, shape, distribution) => ctx.noise(name, shape, distribution),
  scalar: (name, value) => ctx.scalar(name, value),
  updateBuffer: () => {},
});
