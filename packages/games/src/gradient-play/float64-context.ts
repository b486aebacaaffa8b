import type { StepContext } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';

/** A context whose noise and scalars come as float64, so that a program of float64 parameters can use them. */
export const float64Context = (ctx: StepContext): StepContext => {
  const double = (x: Tensor): Tensor => (x.dtype === 'float32' ? x.cast('float64') : x);
  return {
    ...ctx,
    child: (name) => float64Context(ctx.child(name)),
    noise: (name, shape, distribution) => double(ctx.noise(name, shape, distribution)),
    scalar: (name, value) => double(ctx.scalar(name, value)),
  };
};
