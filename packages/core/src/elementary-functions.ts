/**
 * Logarithm, sine and normal quantile from additions, multiplications, divisions and square roots alone. IEEE 754 fixes those
 * to the bit, so draws are the same in every JavaScript engine; `Math.log` and `Math.cos` are each engine's own.
 */

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);
double[0] = 1;
/** Which half holds sign and exponent on this machine. */
const top = halves[1] === 0 ? 0 : 1;
/** 2^-e for the biased exponent e + 1023. */
const unscale = Float64Array.from({ length: 2047 }, (_, biased) => 2 ** (1023 - biased));

/**
 * Natural logarithm of a positive, normal `x`; error below 1e-12. Free of branches: which half of an octave a random number
 * falls into cannot be predicted.
 */
export function log(x: number): number {
  double[0] = x;
  const biased = (halves[top] as number) >>> 20;
  const m = x * (unscale[biased] as number);
  // For m in [1, 2): log m = log √2 + 2 atanh s with s = (m - √2) / (m + √2), |s| < 0.1716; the series to s^15.
  const s = (m - Math.SQRT2) / (m + Math.SQRT2);
  const z = s * s;
  const z2 = z * z;
  const series =
    1 +
    z * (1 / 3) +
    z2 * (1 / 5 + z * (1 / 7)) +
    z2 * z2 * (1 / 9 + z * (1 / 11) + z2 * (1 / 13 + z * (1 / 15)));
  return (biased - 1022.5) * Math.LN2 + 2 * s * series;
}

/** Sine of `a` in [-π/4, π/4]; error below 2e-9. */
export function sinNear0(a: number): number {
  const z = a * a;
  return a * (1 + z * (-1 / 6) + z * z * (1 / 120 + z * (-1 / 5040) + z * z * (1 / 362880)));
}

/** Cosine of `a` in [-π/4, π/4]; error below 2e-9. */
export function cosNear0(a: number): number {
  const z = a * a;
  const z2 = z * z;
  return 1 - z * 0.5 + z2 * (1 / 24 + z * (-1 / 720) + z2 * (1 / 40320 + z * (-1 / 3628800)));
}

function horner(r: number, coefficients: Float64Array): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * r + (coefficients[i] as number);
  return sum;
}

/** Numerators and denominators of AS 241 in rising powers: for the middle, the tails, and beyond p = exp(-25). */
const middle = [
  Float64Array.of(
    3.3871328727963665,
    133.14166789178438,
    1971.5909503065513,
    13731.69376550946,
    45921.95393154987,
    67265.7709270087,
    33430.57558358813,
    2509.0809287301227,
  ),
  Float64Array.of(
    1,
    42.31333070160091,
    687.1870074920579,
    5394.196021424751,
    21213.794301586597,
    39307.89580009271,
    28729.085735721943,
    5226.495278852546,
  ),
] as const;
const tails = [
  Float64Array.of(
    1.4234371107496835,
    4.630337846156546,
    5.769497221460691,
    3.6478483247632045,
    1.2704582524523684,
    0.2417807251774506,
    0.022723844989269184,
    0.0007745450142783414,
  ),
  Float64Array.of(
    1,
    2.053191626637759,
    1.6763848301838038,
    0.6897673349851,
    0.14810397642748008,
    0.015198666563616457,
    0.0005475938084995345,
    1.0507500716444169e-9,
  ),
] as const;
const extremes = [
  Float64Array.of(
    6.657904643501103,
    5.463784911164114,
    1.7848265399172913,
    0.29656057182850487,
    0.026532189526576124,
    0.0012426609473880784,
    2.7115555687434876e-5,
    2.0103343992922881e-7,
  ),
  Float64Array.of(
    1,
    0.599832206555888,
    0.1369298809227358,
    0.014875361290850615,
    0.0007868691311456133,
    1.8463183175100548e-5,
    1.421511758316446e-7,
    2.0442631033899397e-15,
  ),
] as const;

/** The standard normal quantile for p in (0, 1): Wichura 1988, algorithm AS 241, PPND16. */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * horner(r, middle[0])) / horner(r, middle[1]);
  }
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const [from, [above, under]] = r <= 5 ? ([1.6, tails] as const) : ([5, extremes] as const);
  const quantile = horner(r - from, above) / horner(r - from, under);
  return q < 0 ? -quantile : quantile;
}
