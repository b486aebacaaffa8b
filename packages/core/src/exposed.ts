import type { Tensor } from '@ganymede/tensor';
import type { StepContext } from './step.js';

/** What networks exposed on the way, by name: `features` `[batch, …]`, `classes` (class logits `[batch, classes]`). */
export type Exposed = Readonly<Record<string, Tensor>>;

/**
 * A context that collects what the networks applied with it expose besides their outputs: features for a loss that compares them,
 * class logits of an auxiliary classifier. The record is live: read it once the network is applied. The last value of a name counts.
 *
 * ```ts
 * import { collectExposed, createStepContext } from '@ganymede/core';
 * import { input } from '@ganymede/tensor';
 *
 * const { ctx, exposed } = collectExposed(createStepContext({ training: true }).ctx);
 * ctx.child('discriminator').expose?.('features', input('h', [64, 100]));
 * exposed.features?.shape; // => [64, 100]
 * ```
 */
export function collectExposed(ctx: StepContext): { readonly ctx: StepContext; readonly exposed: Exposed } {
  const exposed: Record<string, Tensor> = {};
  const wrap = (inner: StepContext): StepContext => ({
    training: inner.training,
    path: inner.path,
    conditions: inner.conditions,
    child: (name) => wrap(inner.child(name)),
    noise: (name, shape, distribution) => inner.noise(name, shape, distribution),
    scalar: (name, value) => inner.scalar(name, value),
    updateBuffer: (name, next) => inner.updateBuffer(name, next),
    ...(inner.fitVariable && {
      fitVariable: (name: string, first: Tensor) => inner.fitVariable?.(name, first),
    }),
    expose: (name, value) => {
      exposed[name] = value;
    },
  });
  return { ctx: wrap(ctx), exposed };
}
