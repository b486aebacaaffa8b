import { GanymedeError } from '../error.js';
import { site } from '../scope.js';
import { type Dim, formatShape, productOf, quotientOf, type Shape } from '../shape.js';
import type { PaddingForm } from './padding-form.js';

/** How a window moves over the spatial axes: the attributes that convolutions and pooling share, one entry per axis. */
export interface Window {
  readonly strides: readonly number[];
  /** ONNX order: what is added before each axis, then what is added after each. */
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
}

/** A number for all axes, or one per axis. */
export type PerAxis = number | readonly number[];

/** Options of everything that moves a window. */
export interface WindowOptions {
  /** Steps of the window. @defaultValue 1 */
  readonly strides?: PerAxis;
  /**
   * Zeros around the input: one number, one per axis, or one per axis before and then one per axis after; or one of ONNX's forms,
   * which follows from the sizes. @defaultValue 0
   */
  readonly pads?: PerAxis | PaddingForm;
  /** Distance of neighbouring window elements. @defaultValue 1 */
  readonly dilations?: PerAxis;
}

/** One entry per spatial axis. `GANYMEDE_SHAPE` if the list has another length or an entry below `least`. */
export function perAxis(
  x: PerAxis,
  axes: number,
  operator: string,
  what: string,
  least = 1,
): readonly number[] {
  const list = typeof x === 'number' ? new Array<number>(axes).fill(x) : x;
  if (list.length !== axes || list.some((n) => !Number.isInteger(n) || n < least)) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site(operator)}: ${what} [${list.join(', ')}] do not fit ${axes} spatial axes`,
      hint: `give one whole number, at least ${least}, or one per axis`,
    });
  }
  return list;
}

/** Options with every entry written out, as the attributes of the operator. `padded` makes numbers of a form of padding. */
export function windowOf(
  { strides = 1, pads = 0, dilations = 1 }: WindowOptions,
  axes: number,
  operator: string,
  padded: (form: PaddingForm, moves: Omit<Window, 'pads'>) => readonly number[],
): Window {
  const moves = {
    strides: perAxis(strides, axes, operator, 'strides'),
    dilations: perAxis(dilations, axes, operator, 'dilations'),
  };
  const numbers = typeof pads === 'string' ? padded(pads, moves) : pads;
  const both = typeof numbers !== 'number' && numbers.length === axes ? [...numbers, ...numbers] : numbers;
  return { ...moves, pads: perAxis(both, 2 * axes, operator, 'pads', 0) };
}

/** Sum of the padding before and after one axis. */
export const padding = (pads: readonly number[], axis: number): number =>
  (pads[axis] ?? 0) + (pads[pads.length / 2 + axis] ?? 0);

/** Elements from the first to the last that a window touches along one axis. */
export const reach = (kernel: number, dilation: number): number => (kernel - 1) * dilation + 1;

/**
 * Number of windows along each spatial axis. A named dimension is kept where the division is exact for every size it can
 * have: `H` under stride 1 and "same" padding, `H*4` to `H*2` under stride 2; else `GANYMEDE_NAMED_DIMENSION`.
 */
export function windowCounts(
  spatial: Shape,
  kernel: readonly number[],
  window: Window,
  operator: string,
): Shape {
  return spatial.map((d, i): Dim => {
    const stride = window.strides[i] ?? 1;
    const slack = padding(window.pads, i) - reach(kernel[i] ?? 1, window.dilations[i] ?? 1);
    if (typeof d === 'number') {
      const count = Math.floor((d + slack) / stride) + 1;
      if (count >= 1) return count;
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site(operator)}: a window of ${formatShape(kernel)} does not fit into ${formatShape(spatial)}`,
        hint: 'use a smaller window or more padding',
      });
    }
    const count = quotientOf(d, stride);
    if (count !== undefined && Math.floor(slack / stride) === -1) return count;
    throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
      message: `${site(operator)}: the number of windows along the named dimension ${d} has no name`,
      hint: `name the input's dimension as a multiple of the stride ('${d}*${stride}') and pad so that the size divides exactly`,
    });
  });
}

/** Size of what `counts` windows are laid into by convTranspose; output padding is added after each axis. */
export function transposedSizes(
  counts: Shape,
  kernel: readonly number[],
  window: Window,
  outputPadding: readonly number[],
  operator: string,
): Shape {
  return counts.map((d, i): Dim => {
    const stride = window.strides[i] ?? 1;
    const beyond = reach(kernel[i] ?? 1, window.dilations[i] ?? 1) - padding(window.pads, i) - stride;
    const extra = beyond + (outputPadding[i] ?? 0);
    if (typeof d === 'number') return d * stride + extra;
    if (extra === 0) return productOf([d, stride]);
    throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
      message: `${site(operator)}: the size that the named dimension ${d} grows to has no name`,
      hint: 'pad so that the size is exactly the stride times as large (kernel - 2 pads + output padding = stride)',
    });
  });
}

/** Output padding with which `windows` laid side by side cover exactly `sizes`, the input they were taken from. */
export function coveringPadding(
  sizes: Shape,
  windows: Shape,
  kernel: readonly number[],
  window: Window,
): readonly number[] {
  return sizes.map((size, i) => {
    const stride = window.strides[i] ?? 1;
    const count = windows[i];
    const beyond = reach(kernel[i] ?? 1, window.dilations[i] ?? 1) - padding(window.pads, i) - stride;
    // A named size is exactly `stride` times the number of windows, or it would have been refused.
    return typeof size === 'number' && typeof count === 'number' ? size - count * stride - beyond : -beyond;
  });
}
