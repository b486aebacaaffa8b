import type { Network } from '@ganymede/core';
import * as operators from '@ganymede/tensor';
import { stateless } from './stateless.js';

/** max(x, 0). Any shape. */
export const relu = (): Network => stateless('relu', (x) => operators.relu(x));

/** x where positive, `slope`·x elsewhere; GAN discriminators use 0.2 (Radford et al. 2015). Any shape. */
export const leakyRelu = (slope = 0.2): Network =>
  stateless('leakyRelu', (x) => operators.leakyRelu(x, slope));

/** Hyperbolic tangent, into [-1, 1]: the usual last layer of an image generator. Any shape. */
export const tanh = (): Network => stateless('tanh', (x) => operators.tanh(x));

/** 1 / (1 + e^-x), into [0, 1]. Not for a discriminator's last layer: losses take raw logits. Any shape. */
export const sigmoid = (): Network => stateless('sigmoid', (x) => operators.sigmoid(x));

/** x where positive, `alpha`·(e^x − 1) elsewhere. Clevert et al. 2016. Any shape. */
export const elu = (alpha = 1): Network => stateless('elu', (x) => operators.elu(x, alpha));

/** SELU, self-normalizing with `lecunNormal` weights. Klambauer et al. 2017. Any shape. */
export const selu = (): Network => stateless('selu', (x) => operators.selu(x));

/** x · Φ(x). Hendrycks and Gimpel 2016. Any shape. */
export const gelu = (): Network => stateless('gelu', (x) => operators.gelu(x));

/** x · sigmoid(x), also "swish". Any shape. */
export const silu = (): Network => stateless('silu', (x) => operators.silu(x));

/** ln(1 + e^x). Any shape. */
export const softplus = (): Network => stateless('softplus', (x) => operators.softplus(x));

/** Shares that sum to 1 along the last dimension. Not for a discriminator's last layer: losses take raw logits. Any shape. */
export const softmax = (): Network => stateless('softmax', (x) => operators.softmax(x));
