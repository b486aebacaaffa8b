import {
  padding,
  type PerAxis,
  perAxis,
  reach,
  type Window,
  type WindowOptions,
  windowCounts,
  windowOf,
} from '../../convolution/geometry.js';
import { type PaddingForm, padsOf } from '../../convolution/padding-form.js';
import { GanymedeError } from '../../error.js';
import type { PoolingSizes } from '../../kernels/pooling.js';
import type { OutputType, TensorType } from '../../operator.js';
import { site } from '../../scope.js';
import { formatShape, type Shape } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import type { Value } from '../../value.js';
import type { AutoPad } from '../conv.js';
import { requireFloating } from './elementwise.js';

/** Options of pooling; the window moves by its own size unless `strides` says otherwise. */
export interface PoolOptions extends Omit<WindowOptions, 'dilations'> {
  /** Size of the window. */
  readonly kernel: PerAxis;
  /**
   * Whether a last window that only partly lies on the input (and its padding) counts, if it begins on the input or the padding
   * before it; the rest of it is left out. @defaultValue false
   */
  readonly ceilMode?: boolean;
}

export type PoolAttributes = Pick<Window, 'strides' | 'pads'> & {
  readonly kernel_shape: readonly number[];
  /** Only of max pooling; ones where it is left out. */
  readonly dilations?: readonly number[];
  /** In files only: both stand for pads. */
  readonly auto_pad?: AutoPad;
  readonly ceil_mode?: number;
};

/** ONNX attributes of all pooling, as files hold them. */
export const poolFileAttributes = {
  kernel_shape: 'ints',
  strides: 'ints',
  pads: 'ints',
  auto_pad: 'string',
  ceil_mode: 'int',
} as const;

/** The options that a file's attributes stand for. */
export function decodedPooling(
  attributes: {
    readonly [K in keyof PoolAttributes]?: PoolAttributes[K];
  },
): PoolOptions {
  const { kernel_shape: kernel = [], auto_pad = 'NOTSET', ceil_mode = 0 } = attributes;
  const form: PaddingForm | undefined = auto_pad === 'NOTSET' ? undefined : auto_pad;
  return {
    kernel,
    strides: attributes.strides ?? 1,
    pads: form ?? attributes.pads ?? 0,
    ceilMode: ceil_mode === 1,
  };
}

/** Options with every entry written out, as the attributes of the operator. What ceil mode asks for becomes padding. */
export function poolAttributes(
  operator: string,
  x: Tensor,
  { kernel, strides = kernel, pads = 0, ceilMode = false, dilations = 1 }: PoolOptions & WindowOptions,
) {
  const axes = Math.max(x.rank - 2, 1);
  const kernel_shape = perAxis(kernel, axes, operator, 'window sizes');
  const spatial = x.shape.slice(2);
  const window = windowOf({ strides, pads, dilations }, axes, operator, (form, moves) =>
    padsOf(form, moves, spatial, kernel_shape, operator),
  );
  const beyond = ceilMode ? partialWindows(spatial, kernel_shape, window, operator) : [];
  return {
    kernel_shape,
    strides: window.strides,
    pads: window.pads.map((p, i) => p + (beyond[i - axes] ?? 0)),
    dilations: window.dilations,
  };
}

/** How far the last window of each axis reaches beyond the padded input, if partial ones count (PyTorch's rule). */
export function partialWindows(
  spatial: Shape,
  kernel: readonly number[],
  window: Window,
  operator: string,
): readonly number[] {
  return spatial.map((d, i) => {
    const [stride, seen] = [window.strides[i] ?? 1, reach(kernel[i] ?? 1, window.dilations[i] ?? 1)];
    const slack = padding(window.pads, i) - seen;
    if (typeof d !== 'number') {
      if (slack % stride === 0) return 0;
      throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
        message: `${site(operator)}: the number of partial windows along the named dimension ${d} depends on its size`,
        hint: 'pad so that the windows fit exactly, or build this program at fixed sizes',
      });
    }
    const last = Math.ceil((d + slack) / stride) * stride;
    const begins = last >= d + (window.pads[i] ?? 0) ? last - stride : last;
    return Math.max(0, begins - (d + slack));
  });
}

/** Pooling's attributes as a window. */
export const poolWindow = ({ strides, pads, kernel_shape, dilations }: PoolAttributes): Window => ({
  strides,
  pads,
  dilations: dilations ?? kernel_shape.map(() => 1),
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
