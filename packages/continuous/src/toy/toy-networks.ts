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
 * to be told apart; drawn on [-1, 1) they spread over the plane.
 */
const hidden = (width: number): Network => dense(width, { kernelInit: heNormal(), biasInit: uniform(1) });

/** Latents to points: a ReLU network whose output is scaled by the data's extent. */
export const toyGenerator = ({ width, depth, extent }: ToyNetworkOptions): Network =>
  sequential(
    ...Array.from({ length: depth }, () => [hidden(width), relu()]).flat(),
    ...[dense(2), times(extent)],
  );

/**
 * Points, scaled to [-3, 3], to raw logits: a ReLU network. With `gain`, every layer is normalized to that spectral norm, the first to
 * twice as much: with a norm of 1 for all, the logits of a hinge loss could not even tell the middle from the border.
 */
export function toyDiscriminator({
  width,
  depth,
  extent,
  gain,
}: ToyNetworkOptions & { readonly gain?: number | undefined }): Network {
  const bounded = (layer: Network): readonly Network[] =>
    gain === undefined ? [layer] : [spectralNorm(layer), times(gain)];
  return sequential(
    times((gain === undefined ? 3 : 6) / extent),
    ...Array.from({ length: depth }, () => [...bounded(hidden(width)), relu()]).flat(),
    ...bounded(dense(1)),
  );
}
