import type { StepContext } from '@ganymede/core';
import { input, inputName, type Tensor } from '@ganymede/tensor';

/**
 * A context whose noise and scalars are float64, so that a program of float64 parameters can use them. Scalars are fed in float64, too:
 * a rate of 0.1 is 0.1, not the float32 next to it.
 */
export function float64Context(ctx: StepContext, scalars = new Map<string, Tensor>()): StepContext {
  return {
    ...ctx,
    child: (name) => float64Context(ctx.child(name), scalars),
    noise: (name, shape, distribution) => {
      const drawn = ctx.noise(name, shape, distribution);
      return drawn.dtype === 'float32' ? drawn.cast('float64') : drawn;
    },
    scalar: (name, value) => {
      const declared = inputName(ctx.scalar(name, value)) ?? name;
      const known = scalars.get(declared) ?? input(declared, [], 'float64');
      scalars.set(declared, known);
      return known;
    },
  };
}
