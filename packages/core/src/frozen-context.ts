import type { Tensor } from '@ganymede/tensor';
import type { StepContext } from './step.js';

/** A view of a context: what is asked of it goes to the context itself, under the same names. */
function view(ctx: StepContext, training: boolean): StepContext {
  return {
    training,
    path: ctx.path,
    conditions: ctx.conditions,
    child: (name) => view(ctx.child(name), training),
    noise: (name, shape, distribution) => ctx.noise(name, shape, distribution),
    scalar: (name, value) => ctx.scalar(name, value),
    updateBuffer: () => {},
    expose: (name, value) => ctx.expose?.(name, value),
    ...(ctx.fitVariable && { fitVariable: (name: string, first: Tensor) => ctx.fitVariable?.(name, first) }),
  };
}

/** Networks compute as usual but leave their buffers alone: for passes that are not theirs to learn from. */
export const withoutBufferUpdates = (ctx: StepContext): StepContext => view(ctx, ctx.training);

/** Networks compute as when sampling (no dropout, no batch statistics), inside a step that trains others. */
export const withoutTraining = (ctx: StepContext): StepContext => view(ctx, false);
