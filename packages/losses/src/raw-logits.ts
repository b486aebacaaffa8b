import type { Loss } from '@ganymede/core';
import { formatShape, GanymedeError, sameShape, type Tensor } from '@ganymede/tensor';

/** Operators that only move elements about: what comes out of them is a probability if what goes in is one. */
const moving = new Set([
  'Cast',
  'Expand',
  'Flatten',
  'Gather',
  'Identity',
  'Reshape',
  'Slice',
  'Squeeze',
  'StopGradient',
  'Transpose',
  'Unsqueeze',
]);

/** The operator that squashed `x` to [0, 1], if the last thing that computed it is one. */
function squashedBy(x: Tensor): Tensor | undefined {
  let source = x;
  while (moving.has(source.operator.name) && source.inputs[0] !== undefined) source = source.inputs[0];
  const { name } = source.operator;
  const { min, max } = source.attributes as { readonly min?: number; readonly max?: number };
  const clipped = name === 'Clip' && Number(min) >= 0 && Number(max) <= 1;
  return name === 'Sigmoid' || name === 'Softmax' || clipped ? source : undefined;
}

/**
 * Throws `GANYMEDE_LOGITS` if `logits` are visibly probabilities: the output of a sigmoid, a softmax or a clip to [0, 1].
 * Numbers that are fed as inputs cannot be told from logits while a program is built.
 */
export function requireLogits(loss: string, side: string, logits: Tensor): void {
  const squashed = squashedBy(logits);
  if (squashed === undefined) return;
  throw new GanymedeError('GANYMEDE_LOGITS', {
    message: `${loss}: expected raw logits of ${side} samples, but they are probabilities: the output of ${squashed}`,
    hint: `take the ${squashed.operator.name} off the end of the discriminator; the loss applies what it needs itself, without rounding to 0 or 1`,
    data: { loss, side, operator: squashed.operator.name },
  });
}

/** Throws `GANYMEDE_SHAPE` unless both have one shape: losses that pair real with generated samples. */
export function requirePairs(loss: string, real: Tensor, fake: Tensor): void {
  if (sameShape(real.shape, fake.shape)) return;
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${loss} pairs each real with one generated sample, but has logits of ${formatShape(real.shape)} and ${formatShape(fake.shape)}`,
    hint: 'use real and generated batches of one size',
  });
}

/** `loss`, which refuses probabilities in the place of logits (`GANYMEDE_LOGITS`). */
export const onRawLogits = (name: string, { discriminator, generator }: Loss): Loss => ({
  discriminator(real, fake, input) {
    requireLogits(name, 'real', real);
    requireLogits(name, 'generated', fake);
    return discriminator(real, fake, input);
  },
  generator(fake, real, input) {
    requireLogits(name, 'generated', fake);
    return generator(fake, real, input);
  },
});
