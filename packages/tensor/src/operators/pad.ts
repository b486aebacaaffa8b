import { allocate, type TensorData } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { vjp } from '../gradient/grad.js';
import { lengthOf } from '../kernels/numbers.js';
import { copyStrided, gatherAxis, stridesOf } from '../kernels/strided.js';
import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { type Dim, formatShape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import type { Value } from '../value.js';
import { concat } from './concat.js';
import { slice, sliceAxis } from './slice.js';

/** What the new elements are. */
export type PadMode = 'constant' | 'reflect' | 'edge' | 'wrap';

/** Options of {@link pad}. */
export interface PadOptions {
  /**
   * What the new elements are: `value`; a mirror image that does not repeat the border; the border itself; or the other end, as if
   * the axis were a circle. @defaultValue 'constant'
   */
  readonly mode?: PadMode;
  /** @defaultValue 0 */
  readonly value?: number;
}

/**
 * Adds elements around `x`: `pads` lists how many before each axis, then how many after each.
 *
 * None may be negative (`GANYMEDE_SHAPE`; use slice), nor, for reflect and wrap, reach beyond the axis. A named dimension cannot
 * be padded (`GANYMEDE_NAMED_DIMENSION`). ONNX: [Pad-13](https://onnx.ai/onnx/operators/onnx__Pad.html); wrap, which it has from
 * opset 19 only, is a composite of slices.
 */
export function pad(
  x: Tensor,
  pads: readonly number[],
  { mode = 'constant', value = 0 }: PadOptions = {},
): Tensor {
  if (pads.length !== 2 * x.rank || pads.some((p) => p < 0 || !Number.isInteger(p))) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site('Pad')}: pads [${pads.join(', ')}] do not fit shape ${formatShape(x.shape)}`,
      hint: `give ${2 * x.rank} numbers, none negative: one per axis for its start, then one per axis for its end`,
    });
  }
  if (pads.every((p) => p === 0)) return x;
  if (mode === 'wrap') return composed(x, pads, mode);
  return makeTensor(padOperator, [x], { pads, value: mode === 'constant' ? value : 0, mode });
}

/** Padding by slices and concatenations, which have gradients of any order. */
const composed = (x: Tensor, pads: readonly number[], mode: BorderMode): Tensor =>
  x.shape.reduce<Tensor>(
    (y, _, axis) => padAxis(y, axis, pads[axis] ?? 0, pads[x.rank + axis] ?? 0, mode),
    x,
  );

/** The modes that copy elements of the input. */
type BorderMode = Exclude<PadMode, 'constant'>;

/** How many elements a mode can add on one side of an axis of size `d`. */
const most: Readonly<Record<BorderMode, (d: number) => number>> = {
  reflect: (d) => d - 1,
  wrap: (d) => d,
  edge: (d) => (d > 0 ? Infinity : 0),
};

function checkBorder(x: Tensor, axis: number, before: number, after: number, mode: BorderMode): number {
  const d = x.shape[axis] ?? 1;
  if (typeof d === 'number' && Math.max(before, after) <= most[mode](d)) return d;
  throw new GanymedeError(typeof d === 'number' ? 'GANYMEDE_SHAPE' : 'GANYMEDE_NAMED_DIMENSION', {
    message: `${site('Pad')}: axis ${axis} of ${formatShape(x.shape)} cannot be padded by ${before} and ${after} (${mode})`,
  });
}

function padAxis(x: Tensor, axis: number, before: number, after: number, mode: BorderMode): Tensor {
  if (before === 0 && after === 0) return x;
  const d = checkBorder(x, axis, before, after, mode);
  const backwards = (from: number, to: number): Tensor =>
    slice(x, { axes: [axis], starts: [from], ends: [to < 0 ? -Infinity : to], steps: [-1] });
  const repeat = (at: number, n: number): Tensor[] =>
    Array.from({ length: n }, () => sliceAxis(x, axis, at, at + 1));
  const sides: Readonly<Record<BorderMode, readonly [() => Tensor[], () => Tensor[]]>> = {
    reflect: [() => [backwards(before, 0)], () => [backwards(d - 2, d - 2 - after)]],
    edge: [() => repeat(0, before), () => repeat(d - 1, after)],
    wrap: [() => [sliceAxis(x, axis, d - before, d)], () => [sliceAxis(x, axis, 0, after)]],
  };
  const [start, end] = sides[mode];
  return concat([...(before > 0 ? start() : []), x, ...(after > 0 ? end() : [])], axis);
}

type PadAttributes = {
  readonly pads: readonly number[];
  readonly value: number;
  readonly mode: Exclude<PadMode, 'wrap'>;
};

/** Which element of an axis of size `d` each of a padded axis is a copy of. */
function sources(d: number, before: number, after: number, mode: PadAttributes['mode']): number[] {
  return Array.from({ length: before + d + after }, (_, i) => {
    const at = i - before;
    if (mode === 'edge') return Math.max(0, Math.min(d - 1, at));
    return at < 0 ? -at : at >= d ? 2 * (d - 1) - at : at;
  });
}

function evaluateBorder(x: Value, { pads, mode }: PadAttributes): TensorData {
  return x.shape.reduce<Value>((y, d, axis) => {
    const [before, after] = [pads[axis] ?? 0, pads[x.shape.length + axis] ?? 0];
    return before + after === 0 ? y : gatherAxis(y, axis, sources(d, before, after, mode));
  }, x).data;
}

export const padOperator = defineOperator<PadAttributes, Unary>({
  name: 'Pad',
  infer: ([x], { pads, mode }) => ({
    dtype: x.dtype,
    shape: x.shape.map((d, i): Dim => {
      const [before, after] = [pads[i] ?? 0, pads[x.rank + i] ?? 0];
      const added = before + after;
      if (added === 0) return d;
      if (mode !== 'constant') return checkBorder(x, i, before, after, mode) + added;
      if (typeof d === 'number') return d + added;
      throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
        message: `${site('Pad')}: the named dimension ${d} of ${formatShape(x.shape)} cannot be padded`,
        hint: 'build this program at fixed sizes',
      });
    }),
  }),
  gradient: (g, _, [x], { pads, mode }) => {
    if (mode !== 'constant') return vjp([composed(x, pads, mode)], [x], [g]);
    const axes = x.shape.flatMap((_, i) => ((pads[i] ?? 0) + (pads[x.rank + i] ?? 0) > 0 ? [i] : []));
    const starts = axes.map((axis) => pads[axis] ?? 0);
    return [
      slice(g, { axes, starts, ends: axes.map((axis, i) => (starts[i] ?? 0) + Number(x.shape[axis])) }),
    ];
  },
  evaluate: ([x], attributes, output): TensorData => {
    const { pads, value, mode } = attributes;
    if (mode !== 'constant') return evaluateBorder(x, attributes);
    const data: TensorData = allocate(output.dtype, lengthOf(output.shape));
    if (data instanceof BigInt64Array) data.fill(BigInt(value));
    else data.fill(value);
    const strides = stridesOf(output.shape);
    const offset = strides.reduce((at, stride, i) => at + stride * (pads[i] ?? 0), 0);
    copyStrided({ data: x.data, offset: 0, strides: stridesOf(x.shape) }, { data, offset, strides }, x.shape);
    return data;
  },
  onnx: {
    attributes: { mode: 'string' },
    operands: [
      { name: 'pads', kind: 'ints' },
      { name: 'value', kind: 'float' },
    ],
    decode: ([x], { pads = [], value = 0, mode = 'constant' }) => pad(x, pads, { mode, value }),
  },
});
