import { GanymedeError, type Tensor, type TensorType } from '@ganymede/tensor';
import type { StepContext } from './step.js';

/**
 * What a network is told besides its input, by name: `label` (class numbers `[batch]`, int32), `style` (vectors `[batch, size]`),
 * `memory`… Whoever applies a network sets them with {@link withConditions}; layers at any depth read them with
 * {@link conditionAt}, so that those in between need not know.
 */
export type Conditions = Readonly<Record<string, Tensor>>;

/** dtype and shape of each condition that a network will be applied with: what `init` is told. */
export type ConditionTypes = Readonly<Record<string, TensorType>>;

/**
 * The context with further conditions, or others in the place of those of the same names, for the network applied with it and all
 * below.
 *
 * ```ts
 * import { conditionAt, createStepContext, withConditions } from '@ganymede/core';
 * import { input } from '@ganymede/tensor';
 *
 * const { ctx } = createStepContext({ training: true });
 * const told = withConditions(ctx, { label: input('labels', [64], 'int32') });
 * conditionAt(told.child('generator'), 'label').shape; // => [64]
 * conditionAt(ctx, 'label'); // throws GANYMEDE_CONDITION
 * ```
 */
export const withConditions = (ctx: StepContext, conditions: Conditions): StepContext => ({
  training: ctx.training,
  path: ctx.path,
  conditions: { ...ctx.conditions, ...conditions },
  child: (name) => withConditions(ctx.child(name), conditions),
  noise: (name, shape, distribution) => ctx.noise(name, shape, distribution),
  scalar: (name, value) => ctx.scalar(name, value),
  updateBuffer: (name, next) => ctx.updateBuffer(name, next),
  expose: (name, value) => ctx.expose?.(name, value),
  ...(ctx.fitVariable && { fitVariable: (name: string, first: Tensor) => ctx.fitVariable?.(name, first) }),
});

/** The condition `name`. Throws `GANYMEDE_CONDITION`, naming the network that wants it and the conditions there are. */
export function conditionAt(ctx: Pick<StepContext, 'path' | 'conditions'>, name: string): Tensor {
  const found = ctx.conditions[name];
  if (found !== undefined) return found;
  const known = Object.keys(ctx.conditions);
  throw new GanymedeError('GANYMEDE_CONDITION', {
    message: `${ctx.path === '' ? 'the network' : `"${ctx.path}"`} needs the condition "${name}", but was told ${known.length === 0 ? 'none' : known.map((k) => `"${k}"`).join(', ')}`,
    hint: `apply the network with withConditions(ctx, { ${name} }), and give its type to init: { ${name}: { dtype, shape } }`,
    data: { condition: name, path: ctx.path, known },
  });
}
