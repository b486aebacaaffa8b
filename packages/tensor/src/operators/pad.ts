import { allocate, type TensorData } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { lengthOf } from '../kernels/numbers.js';
import { copyStrided, stridesOf } from '../kernels/strided.js';
import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { type Dim, formatShape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { concat } from './concat.js';
import { slice, sliceAxis } from './slice.js';

/** Options of {@link pad}. */
export interface PadOptions {
  /**
   * What the new elements are: `value`, a mirror image that does not repeat the border, or the border itself.
   * @defaultValue 'constant'
   */
  readonly mode?: 'constant' | 'reflect' | 'edge';
  /** @defaultValue 0 */
  readonly value?: number;
}

/**
 * Adds elements around `x`: `pads` lists how many before each axis, then how many after each.
 *
 * None may be negative (`GANYMEDE_SHAPE`; use slice), nor, for reflect, reach beyond the axis. A named dimension cannot be
 * padded (`GANYMEDE_NAMED_DIMENSION`). reflect and edge are composites of slices. ONNX:
 * [Pad-13](https://onnx.ai/onnx/operators/onnx__Pad.html).
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
  if (mode === 'constant') return makeTensor(padOperator, [x], { pads, value, mode });
  return x.shape.reduce<Tensor>(
    (y, _, axis) => padAxis(y, axis, pads[axis] ?? 0, pads[x.rank + axis] ?? 0, mode),
    x,
  );
}

function padAxis(x: Tensor, axis: number, before: number, after: number, mode: 'reflect' | 'edge'): Tensor {
  const d = x.shape[axis] ?? 1;
  if (before === 0 && after === 0) return x;
  if (typeof d !== 'number' || (mode === 'reflect' && Math.max(before, after) >= d)) {
    throw new GanymedeError(typeof d === 'number' ? 'GANYMEDE_SHAPE' : 'GANYMEDE_NAMED_DIMENSION', {
      message: `${site('Pad')}: axis ${axis} of ${formatShape(x.shape)} cannot be padded by ${before} and ${after} (${mode})`,
    });
  }
  const parts: Tensor[] = [];
  const backwards = (from: number, to: number): Tensor =>
    slice(x, { axes: [axis], starts: [from], ends: [to < 0 ? -Infinity : to], steps: [-1] });
  const repeat = (at: number, n: number): Tensor[] =>
    Array.from({ length: n }, () => sliceAxis(x, axis, at, at + 1));
  if (before > 0) parts.push(...(mode === 'reflect' ? [backwards(before, 0)] : repeat(0, before)));
  parts.push(x);
  if (after > 0)
    parts.push(...(mode === 'reflect' ? [backwards(d - 2, d - 2 - after)] : repeat(d - 1, after)));
  return concat(parts, axis);
}

type PadAttributes = {
  readonly pads: readonly number[];
  readonly value: number;
  readonly mode: 'constant' | 'reflect' | 'edge';
};

export const padOperator = defineOperator<PadAttributes, Unary>({
  name: 'Pad',
  infer: ([x], { pads }) => ({
    dtype: x.dtype,
    shape: x.shape.map((d, i): Dim => {
      const added = (pads[i] ?? 0) + (pads[x.rank + i] ?? 0);
      if (added === 0) return d;
      if (typeof d === 'number') return d + added;
      throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
        message: `${site('Pad')}: the named dimension ${d} of ${formatShape(x.shape)} cannot be padded`,
        hint: 'build this program at fixed sizes',
      });
    }),
  }),
  gradient: (g, _, [x], { pads }) => {
    const axes = x.shape.flatMap((_, i) => ((pads[i] ?? 0) + (pads[x.rank + i] ?? 0) > 0 ? [i] : []));
    const starts = axes.map((axis) => pads[axis] ?? 0);
    return [
      slice(g, { axes, starts, ends: axes.map((axis, i) => (starts[i] ?? 0) + Number(x.shape[axis])) }),
    ];
  },
  evaluate: ([x], { pads, value }, output): TensorData => {
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
