import { GanymedeError } from '../error.js';
import { readStrided, stridesOf } from '../kernels/strided.js';
import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { type Dim, normalizeAxis } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { scatterSlice } from './families/scatter-slice.js';

/** Which elements to keep of which axes; the lists have equal length, and `steps` default to 1. */
export interface SliceRange {
  readonly axes: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly steps?: readonly number[];
}

/**
 * Elements `start, start + step, …` up to but excluding `end` of each given axis.
 *
 * Bounds that are negative count from the end, and bounds outside are moved to the border, as in NumPy; a negative step
 * walks backwards (end `-Infinity` reaches the first element). Along a named dimension only the whole axis and its last few
 * elements have a known size (`GANYMEDE_NAMED_DIMENSION`). ONNX: [Slice-13](https://onnx.ai/onnx/operators/onnx__Slice.html).
 */
export function slice(x: Tensor, { axes, starts, ends, steps }: SliceRange): Tensor {
  const kept: AxisRange[] = [];
  axes.forEach((a, i) => {
    const axis = normalizeAxis(a, x.rank, site('Slice'));
    const d = x.shape[axis] ?? 1;
    // Whatever is taken of nothing is nothing.
    if (d === 0) return;
    const range = resolveRange(d, starts[i] ?? 0, ends[i] ?? Infinity, steps?.[i] ?? 1);
    if (range.step !== 1 || range.start !== 0 || (range.end !== d && range.end !== FAR))
      kept.push({ axis, ...range });
  });
  if (kept.length === 0) return x;
  if (!kept.some((range) => isPartBackwards(x, range)))
    return makeTensor(sliceOperator, [x], attributesOf(kept));
  const backwards = kept.filter(({ step }) => step < 0);
  return slice(slice(x, attributesOf(kept.map((range) => covered(x, range)))), {
    axes: backwards.map(({ axis }) => axis),
    starts: backwards.map(() => -1),
    ends: backwards.map(() => -Infinity),
    steps: backwards.map(({ step }) => step),
  });
}

interface AxisRange {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

const attributesOf = (ranges: readonly AxisRange[]): SliceAttributes => ({
  starts: ranges.map(({ start }) => start),
  ends: ranges.map(({ end }) => end),
  axes: ranges.map(({ axis }) => axis),
  steps: ranges.map(({ step }) => step),
});

/** Whether a range walks backwards over a part of its axis, which ONNX Runtime 1.30 gets wrong on WebGPU. */
function isPartBackwards(x: Tensor, { axis, start, end, step }: AxisRange): boolean {
  const d = x.shape[axis];
  return step < 0 && typeof d === 'number' && (start !== d - 1 || end !== -d - 1);
}

/** The elements that a backward range walks over, forwards; a forward range as it is. */
function covered(x: Tensor, range: AxisRange): AxisRange {
  const { axis, start, end, step } = range;
  if (step > 0) return range;
  const count = rangeSize(x.shape[axis] ?? 1, start, end, step);
  if (count === 0) return { axis, start: 0, end: 0, step: 1 };
  return { axis, start: start + (count - 1) * step, end: start + 1, step: 1 };
}

/** A bound beyond any axis, as ONNX files write it. */
const FAR = 2 ** 31 - 1;

/** Bounds as ONNX takes them: within the axis where its size is known; a backward end before element 0 is `-d - 1`. */
function resolveRange(
  d: Dim,
  start: number,
  end: number,
  step: number,
): { start: number; end: number; step: number } {
  if (!Number.isInteger(step) || step === 0) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site('Slice')}: step ${step} must be a whole number other than 0`,
    });
  }
  if (typeof d === 'string') {
    return { start: Math.max(start, -FAR), end: Math.max(-FAR, Math.min(end, FAR)), step };
  }
  const absolute = (bound: number, low: number, high: number): number =>
    Math.max(low, Math.min(high, bound < 0 && bound >= -d ? bound + d : bound < 0 ? low : bound));
  if (step > 0) return { start: absolute(start, 0, d), end: absolute(end, 0, d), step };
  const last = absolute(end, -1, d - 1);
  return { start: absolute(start, -1, d - 1), end: last < 0 ? -d - 1 : last, step };
}

/** Number of elements a range keeps of an axis of size `d`. */
function rangeSize(d: Dim, start: number, end: number, step: number): number {
  if (typeof d === 'number') {
    const stop = step < 0 && end < 0 ? -1 : end;
    return Math.max(0, Math.ceil((stop - start) / step));
  }
  if (start < 0 && end === FAR && step === 1) return -start;
  throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
    message: `${site('Slice')}: elements ${start} to ${end} of the named dimension ${d} have no known number`,
    hint: 'build this program at fixed sizes',
  });
}

type SliceAttributes = Required<SliceRange> & { readonly [key: string]: readonly number[] };

export const sliceOperator = defineOperator<SliceAttributes, Unary>({
  name: 'Slice',
  infer: ([x], { axes, starts, ends, steps }) => {
    const shape: Dim[] = [...x.shape];
    axes.forEach((axis, i) => {
      shape[axis] = rangeSize(x.shape[axis] ?? 1, starts[i] ?? 0, ends[i] ?? 0, steps[i] ?? 1);
    });
    return { dtype: x.dtype, shape };
  },
  gradient: (g, _, [x], range) => [scatterSlice(g, x.shape, range)],
  evaluate: ([x], { axes, starts, ends, steps }, output) => {
    const strides = stridesOf(x.shape);
    let offset = 0;
    axes.forEach((axis, i) => {
      const range = resolveRange(x.shape[axis] ?? 1, starts[i] ?? 0, ends[i] ?? 0, steps[i] ?? 1);
      offset += range.start * (strides[axis] ?? 1);
      strides[axis] = (strides[axis] ?? 1) * range.step;
    });
    return readStrided(x, { offset, strides, shape: output.shape });
  },
  onnx: {
    operands: [
      { name: 'starts', kind: 'ints' },
      { name: 'ends', kind: 'ints' },
      { name: 'axes', kind: 'ints' },
      { name: 'steps', kind: 'ints' },
    ],
    decode: ([x], { starts = [], ends = [], axes, steps }) =>
      slice(x, { starts, ends, axes: axes ?? starts.map((_, i) => i), ...(steps && { steps }) }),
  },
});

/** `from` up to (excluding) `to` of one axis: what most callers want. */
export const sliceAxis = (x: Tensor, axis: number, from: number, to: number): Tensor =>
  slice(x, { axes: [axis], starts: [from], ends: [to] });
