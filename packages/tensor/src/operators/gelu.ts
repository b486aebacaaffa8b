import type { Tensor } from '../tensor.js';
import { add } from './add.js';
import { erf } from './erf.js';
import { mul } from './mul.js';
import { tanh } from './tanh.js';

/** Options of {@link gelu}. */
export interface GeluOptions {
  /** `tanh` for the approximation that GPT-2 uses, off by up to 5e-4. @defaultValue 'none' */
  readonly approximate?: 'none' | 'tanh';
}

/**
 * x times the probability that a standard normal number is below x (Hendrycks and Gimpel, 2016). Composite: opset 17 has no
 * Gelu.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`).
 */
export function gelu(x: Tensor, { approximate = 'none' }: GeluOptions = {}): Tensor {
  const inner =
    approximate === 'none'
      ? erf(mul(x, Math.SQRT1_2))
      : tanh(mul(add(x, mul(mul(mul(x, x), x), 0.044715)), Math.sqrt(2 / Math.PI)));
  return mul(mul(x, 0.5), add(inner, 1));
}
