import type { Value } from '../value.js';
import { lengthOf, type NumberArray, numbersIn } from './numbers.js';

/** How the elements of an axis are weighted to make those of a resized one. Names are ONNX's. */
export type Resampling = {
  readonly mode: 'nearest' | 'linear' | 'cubic';
  readonly coordinate_transformation_mode:
    | 'half_pixel'
    | 'pytorch_half_pixel'
    | 'align_corners'
    | 'asymmetric';
  readonly nearest_mode: 'round_prefer_floor' | 'round_prefer_ceil' | 'floor' | 'ceil';
  readonly cubic_coeff_a: number;
};

/** One axis before and after: its sizes, and the scale that coordinates are computed with. */
export interface ResizedAxis {
  readonly from: number;
  readonly to: number;
  readonly scale: number;
}

/** An element of the old axis and what it contributes. */
export type Share = readonly [index: number, weight: number];

/** Where element `i` of the new axis lies on the old one. */
function coordinate(
  i: number,
  { from, to, scale }: ResizedAxis,
  kind: Resampling['coordinate_transformation_mode'],
): number {
  switch (kind) {
    case 'half_pixel':
      return (i + 0.5) / scale - 0.5;
    case 'pytorch_half_pixel':
      return to > 1 ? (i + 0.5) / scale - 0.5 : 0;
    case 'align_corners':
      return to > 1 ? (i * (from - 1)) / (to - 1) : 0;
    case 'asymmetric':
      return i / scale;
  }
}

const roundings: Readonly<Record<Resampling['nearest_mode'], (x: number) => number>> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** Weights of the four neighbours (Keys 1981) at a distance `t` behind the second. */
function cubicWeights(t: number, a: number): number[] {
  const near = (d: number): number => ((a + 2) * d - (a + 3)) * d * d + 1;
  const far = (d: number): number => ((a * d - 5 * a) * d + 8 * a) * d - 4 * a;
  return [far(t + 1), near(t), near(1 - t), far(2 - t)];
}

/** What each element of the resized axis is made of; elements beyond the border are those at the border. */
export function sharesOf(axis: ResizedAxis, resampling: Resampling): readonly (readonly Share[])[] {
  const { mode, coordinate_transformation_mode: kind, nearest_mode, cubic_coeff_a } = resampling;
  const within = (index: number): number => Math.max(0, Math.min(axis.from - 1, index));
  return Array.from({ length: axis.to }, (_, i): readonly Share[] => {
    const x = coordinate(i, axis, kind);
    if (mode === 'nearest') return [[within(roundings[nearest_mode](x)), 1]];
    const base = Math.floor(x);
    const t = x - base;
    const weights = mode === 'linear' ? [1 - t, t] : cubicWeights(t, cubic_coeff_a);
    const first = mode === 'linear' ? base : base - 1;
    return weights.map((weight, k): Share => [within(first + k), weight]);
  });
}

/** Applies shares along one axis. */
export function resampleAxis(
  x: { readonly numbers: NumberArray; readonly shape: readonly number[] },
  axis: number,
  shares: readonly (readonly Share[])[],
): { numbers: Float64Array; shape: readonly number[] } {
  const inner = lengthOf(x.shape.slice(axis + 1));
  const outer = lengthOf(x.shape.slice(0, axis));
  const size = x.shape[axis] ?? 1;
  const numbers = new Float64Array(outer * shares.length * inner);
  for (let o = 0; o < outer; o++) {
    shares.forEach((list, i) => {
      const write = (o * shares.length + i) * inner;
      for (const [index, weight] of list) {
        const read = (o * size + index) * inner;
        for (let k = 0; k < inner; k++)
          numbers[write + k] = (numbers[write + k] as number) + weight * (x.numbers[read + k] as number);
      }
    });
  }
  return { numbers, shape: x.shape.map((d, i) => (i === axis ? shares.length : d)) };
}

/** All axes of a value resized in turn. */
export function resample(x: Value, axes: readonly ResizedAxis[], resampling: Resampling): NumberArray {
  let result: { readonly numbers: NumberArray; readonly shape: readonly number[] } = {
    numbers: numbersIn(x),
    shape: x.shape,
  };
  axes.forEach((axis, i) => {
    if (axis.from !== axis.to || axis.scale !== 1)
      result = resampleAxis(result, i, sharesOf(axis, resampling));
  });
  return result.numbers;
}
