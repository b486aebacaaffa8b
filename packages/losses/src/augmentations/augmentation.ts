import type { StepContext } from '@ganymede/core';
import { floor, formatShape, GanymedeError, less, type Tensor, where } from '@ganymede/tensor';

/** A differentiable change of samples at random, of each sample its own. Noise comes from the context. */
export interface Augmentation {
  readonly name: string;
  /** Samples of the shape and dtype of `x`. */
  apply(x: Tensor, ctx: StepContext): Tensor;
}

/** Throws `GANYMEDE_SHAPE` unless `x` is a batch of images at known sizes: `[batch, channels, height, width]`. */
export function requireImages(
  name: string,
  x: Tensor,
): readonly [batch: Tensor['shape'][number], ...number[]] {
  const [batch, ...sizes] = x.shape;
  if (x.rank === 4 && batch !== undefined && sizes.every((d) => typeof d === 'number'))
    return [batch, ...sizes];
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `augmentation ${name}: expected images [batch, channels, height, width], got ${formatShape(x.shape)}`,
    hint: 'of other samples use "noise"',
  });
}

/** A number per sample, uniform on [low, high), as `[batch, 1, …]`. */
export const uniformPerSample = (
  x: Tensor,
  ctx: StepContext,
  name: string,
  low: number,
  high: number,
): Tensor =>
  ctx.noise(
    name,
    x.shape.map((d, i) => (i === 0 ? d : 1)),
    { kind: 'uniform', low, high },
  );

/** A whole number per sample, each of low … high equally likely, in x's dtype. */
export const wholePerSample = (
  x: Tensor,
  ctx: StepContext,
  name: string,
  low: number,
  high: number,
): Tensor => floor(uniformPerSample(x, ctx, name, low, high + 1)).clip(low, high);

/** Each sample changed with `probability` (a number or a scalar in [0, 1]), otherwise as it is. */
export function sometimes(
  augmentation: Augmentation,
  x: Tensor,
  ctx: StepContext,
  probability: Tensor,
): Tensor {
  const chance = uniformPerSample(x, ctx, `${augmentation.name}Chosen`, 0, 1);
  return where(less(chance, probability), augmentation.apply(x, ctx), x);
}
