import type { Tensor } from '../tensor.js';
import { abs } from './abs.js';
import { add } from './add.js';
import { clip } from './clip.js';
import { div } from './div.js';
import { equal } from './equal.js';
import { erf } from './erf.js';
import { exp } from './exp.js';
import { less } from './less.js';
import { log } from './log.js';
import { mul } from './mul.js';
import { neg } from './neg.js';
import { sqrt } from './sqrt.js';
import { sub } from './sub.js';
import { where } from './where.js';

/** Coefficients of Giles' polynomials, the highest power first: for the middle, and for the tails. */
const MIDDLE = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164,
  0.246640727, 1.50140941,
];
const TAILS = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047,
  1.00167406, 2.83297682,
];

const polynomial = (coefficients: readonly number[], w: Tensor): Tensor =>
  coefficients
    .slice(2)
    .reduce<Tensor>((p, c) => add(mul(p, w), c), add(mul(w, coefficients[0] ?? 0), coefficients[1] ?? 0));

/**
 * The number whose error function each element is: uniform noise becomes normal by `erfInverse(2 * u - 1) * sqrt(2)`.
 * Composite.
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`), from -1 (minus infinity) to 1 (infinity), NaN outside. Giles, 2011,
 * "Approximating the erfinv function": to 4e-7 in float32, and its derivatives to 1e-5; in float64 two of Newton's steps
 * follow, for 1e-14. (In float32 they would lose digits in the tails, where erf itself rounds to 1.)
 */
export function erfInverse(x: Tensor): Tensor {
  const w = neg(log(mul(sub(1, x), add(x, 1))));
  const middle = polynomial(MIDDLE, sub(clip(w, -Infinity, 5), 2.5));
  const tails = polynomial(TAILS, sub(sqrt(clip(w, 5, Infinity)), 3));
  const first = mul(where(less(w, 5), middle, tails), x);
  const y = x.dtype === 'float64' ? newton(x, newton(x, first)) : first;
  return where(equal(abs(x), 1), div(x, sub(1, abs(x))), y);
}

/** One of Newton's steps for `erf(y) = x`. */
const newton = (x: Tensor, y: Tensor): Tensor =>
  sub(y, mul(mul(sub(erf(y), x), Math.sqrt(Math.PI) / 2), exp(mul(y, y))));
