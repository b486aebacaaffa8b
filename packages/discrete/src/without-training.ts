import type { StepContext } from '@ganymede/core';

/** A context in which networks behave as when sampling (no dropout, no buffer updates), inside a step that trains others. */
export const withoutTraining = (ctx: StepContext): StepContext => ({
  training: false,
  path: ctx.path,
  child: (name) => withoutTraining(ctx.child(name)),
  noise: (name, shape, distribution) => ctx.noise(name, shape, distribution),
  scalar: (name, value) => ctx.scalar(name, value),
  updateBuffer: () => {},
});
