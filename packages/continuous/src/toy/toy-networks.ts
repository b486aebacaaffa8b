import type { Network } from '@ganymede/core';
import { dense, heNormal, relu, sequential, spectralNorm, stateless, uniform } from '@ganymede/nn';

/** Sizes of {@link toyGenerator} and {@link toyDiscriminator}. */
export interface ToyNetworkOptions {
  /** Units of each hidden layer. */
  readonly width: number;
  /** Hidden layers. */
  readonly depth: number;
  /** Largest coordinate of the data. */
  readonly extent: number;
}

const times = (factor: number): Network => stateless('times', (x) => x.mul(factor));

/**
 * A hidden layer. With biases of 0 every fold of a ReLU network would go through the origin at first, and 25 modes far from it take long
 * to be told apart; drawn on [-spread, spread) they are all over the plane.
 */
const hidden = (width: number, spread: number): Network =>
  dense(width, { kernelInit: heNormal(), biasInit: uniform(spread) });

/** Latents to points: a ReLU network whose output is scaled by the data's extent. */
export const toyGenerator = ({ width, depth, extent }: ToyNetworkOptions): Network =>
  sequential(
    ...Array.from({ length: depth }, () => [hidden(width, 1), relu()]).flat(),
    ...[dense(2), times(extent)],
  );

/**
 * Points, scaled to [-3, 3], to raw logits: a ReLU network. With `gain` every layer is normalized to that spectral norm, and points are
 * scaled to [-9, 9]: under norms of 1 the logits of a hinge loss could not tell the middle of the plane from its border.
 */
export function toyDiscriminator({
  width,
  depth,
  extent,
  gain,
}: ToyNetworkOptions & { readonly gain?: number | undefined }): Network {
  const bounded = (layer: Network): readonly Network[] =>
    gain === undefined ? [layer] : [spectralNorm(layer), times(gain)];
  const spread = gain === undefined ? 1 : 3;
  return sequential(
    times((3 * spread) / extent),
    ...Array.from({ length: depth }, () => [...bounded(hidden(width, spread)), relu()]).flat(),
    ...bounded(dense(1)),
  );
}
