import { type Dim, productOf, quotientOf } from '../shape.js';

type Rule = (...sizes: readonly Dim[]) => Dim | undefined;

/** A rule for numbers, where names have none of their own. */
const numeric =
  (f: (a: number, b: number) => number, named: (a: Dim, b: Dim) => Dim | undefined): Rule =>
  (a = 0, b = 0) =>
    typeof a === 'number' && typeof b === 'number' ? f(a, b) : named(a, b);

/** A named dimension times a factor, which may be one over a whole number. */
function scaled(a: Dim, b: Dim): Dim | undefined {
  const [size, factor] = typeof a === 'number' ? [b, a] : [a, b];
  if (typeof factor !== 'number' || Number.isInteger(factor)) return productOf([size, factor]);
  const divisor = Math.round(1 / factor);
  return divisor * factor === 1 ? quotientOf(size, divisor) : undefined;
}

const rounding =
  (f: (x: number) => number): Rule =>
  (a = 0) =>
    typeof a === 'number' ? f(a) : a;

/** Arithmetic on sizes by ONNX operator; undefined where the result has no name. A named size is at least 1. */
export const sizeArithmetic: Readonly<Record<string, Rule>> = {
  Add: numeric(
    (a, b) => a + b,
    (a, b) => (a === 0 ? b : b === 0 ? a : undefined),
  ),
  Sub: numeric(
    (a, b) => a - b,
    (a, b) => (a === b ? 0 : b === 0 ? a : undefined),
  ),
  Mul: numeric((a, b) => a * b, scaled),
  // Sizes are whole numbers; a fraction only ever appears between a cast to float and the rounding after it.
  Div: numeric(
    (a, b) => Math.trunc(a / b),
    (a, b) => (typeof b === 'number' && !Number.isInteger(b) ? scaled(a, 1 / b) : quotientOf(a, b)),
  ),
  Mod: numeric(
    (a, b) => a - b * Math.floor(a / b),
    (a, b) => (quotientOf(a, b) === undefined ? undefined : 0),
  ),
  Max: numeric(Math.max, (a, b) => (a === b || Number(b) <= 1 ? a : Number(a) <= 1 ? b : undefined)),
  Min: numeric(Math.min, (a, b) => (a === b || Number(a) <= 1 ? a : Number(b) <= 1 ? b : undefined)),
  Equal: numeric(
    (a, b) => Number(a === b),
    (a, b) => (a === b ? 1 : Number(a) < 1 || Number(b) < 1 ? 0 : undefined),
  ),
  Where: (condition, a, b) => (typeof condition === 'number' ? (condition === 0 ? b : a) : undefined),
  Floor: rounding(Math.floor),
  Ceil: rounding(Math.ceil),
  Round: rounding(Math.round),
  Abs: rounding(Math.abs),
};
