import {
  type PerAxis,
  perAxis,
  type Window,
  type WindowOptions,
  windowCounts,
  windowOf,
} from '../../convolution/geometry.js';
import { GanymedeError } from '../../error.js';
import type { PoolingSizes } from '../../kernels/pooling.js';
import type { OutputType, TensorType } from '../../operator.js';
import { site } from '../../scope.js';
import { formatShape, type Shape } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import type { Value } from '../../value.js';
import { requireFloating } from './elementwise.js';

/** Options of pooling; the window moves by its own size unless `strides` says otherwise. */
export interface PoolOptions extends Omit<WindowOptions, 'dilations'> {
  /** Size of the window. */
  readonly kernel: PerAxis;
}

export type PoolAttributes = Pick<Window, 'strides' | 'pads'> & {
  readonly [key: string]: readonly number[] | number;
  readonly kernel_shape: readonly number[];
};

/** Options with every entry written out, as the attributes of the operator. */
export function poolAttributes(
  operator: string,
  x: Tensor,
  { kernel, strides = kernel, pads = 0 }: PoolOptions,
) {
  const axes = Math.max(x.rank - 2, 1);
  const window = windowOf({ strides, pads }, axes, operator);
  return {
    kernel_shape: perAxis(kernel, axes, operator, 'window sizes'),
    strides: window.strides,
    pads: window.pads,
  };
}

/** Pooling's attributes as a window. */
export const poolWindow = ({ strides, pads, kernel_shape }: PoolAttributes): Window => ({
  strides,
  pads,
  dilations: kernel_shape.map(() => 1),
});

/** `[N, C, ...spatial]` of floats in, as many windows as fit out; windows that see padding only are refused. */
export function inferPooling(operator: string, x: Tensor, attributes: PoolAttributes): TensorType {
  requireFloating(operator, x);
  const { kernel_shape: kernel, pads } = attributes;
  if (x.rank < 3 || x.rank > 5 || pads.some((p, i) => p >= (kernel[i % kernel.length] ?? 1))) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site(operator)}: a window of ${formatShape(kernel)} with pads [${pads.join(', ')}] does not fit input ${formatShape(x.shape)}`,
      hint: 'the input is [N, C, ...] with 1 to 3 spatial axes, and pads are smaller than the window',
    });
  }
  const lead: Shape = x.shape.slice(0, 2);
  return {
    dtype: x.dtype,
    shape: [...lead, ...windowCounts(x.shape.slice(2), kernel, poolWindow(attributes), operator)],
  };
}

export function poolingSizes(x: Value, { kernel_shape }: PoolAttributes, output: OutputType): PoolingSizes {
  const [batch = 1, channels = 1, ...large] = x.shape;
  return { planes: batch * channels, large, small: output.shape.slice(2), kernel: kernel_shape };
}
