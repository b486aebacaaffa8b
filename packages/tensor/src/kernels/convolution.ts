import type { Window } from '../convolution/geometry.js';
import type { NumberArray } from './numbers.js';

/** Sizes of a convolution between a large side (a convolution's input) and a small side (its output). */
export interface ConvolutionSizes {
  readonly batch: number;
  readonly group: number;
  /** Channels of the large side. */
  readonly largeChannels: number;
  /** Channels of the small side. */
  readonly smallChannels: number;
  readonly large: readonly number[];
  readonly small: readonly number[];
  readonly kernel: readonly number[];
}

const three = (list: readonly number[], fill: number): [number, number, number] => {
  const [a = fill, b = fill, c = fill] = [...new Array<number>(3 - list.length).fill(fill), ...list];
  return [a, b, c];
};

const volume = ([a, b, c]: readonly [number, number, number]): number => a * b * c;

/** Called once per line of window elements: `count` pairs (large, small), each a fixed step further. */
type Line = (large: number, small: number, weight: number, count: number) => void;

/**
 * Visits every pair of (large element, small element, weight) that a convolution connects, grouped in lines along the last
 * axis. Up to three spatial axes. `weight` indexes a filter of shape `[small channels, large channels / group, ...kernel]`.
 */
function walk(sizes: ConvolutionSizes, window: Window, visit: Line): void {
  const { batch, group, largeChannels, smallChannels } = sizes;
  const large = three(sizes.large, 1);
  const small = three(sizes.small, 1);
  const kernel = three(sizes.kernel, 1);
  const strides = three(window.strides, 1);
  const dilations = three(window.dilations, 1);
  const begin = three(window.pads.slice(0, sizes.kernel.length), 0);
  const largePerGroup = largeChannels / group;
  const smallPerGroup = smallChannels / group;
  // Small positions o with 0 <= o*stride + shift < size, as [first, end).
  const range = (axis: 0 | 1 | 2, shift: number): [number, number] => [
    Math.max(0, Math.ceil(-shift / strides[axis])),
    Math.min(small[axis], Math.ceil((large[axis] - shift) / strides[axis])),
  ];
  for (let n = 0; n < batch; n++) {
    for (let k = 0; k < smallChannels; k++) {
      const smallPlane = (n * smallChannels + k) * volume(small);
      const firstChannel = Math.floor(k / smallPerGroup) * largePerGroup;
      for (let c = 0; c < largePerGroup; c++) {
        const largePlane = (n * largeChannels + firstChannel + c) * volume(large);
        let weight = (k * largePerGroup + c) * volume(kernel);
        for (let a = 0; a < kernel[0]; a++) {
          const shiftA = a * dilations[0] - begin[0];
          const [a0, a1] = range(0, shiftA);
          for (let b = 0; b < kernel[1]; b++) {
            const shiftB = b * dilations[1] - begin[1];
            const [b0, b1] = range(1, shiftB);
            for (let d = 0; d < kernel[2]; d++, weight++) {
              const shiftC = d * dilations[2] - begin[2];
              const [c0, c1] = range(2, shiftC);
              if (c1 <= c0) continue;
              for (let i = a0; i < a1; i++) {
                for (let j = b0; j < b1; j++) {
                  const row = (i * strides[0] + shiftA) * large[1] + j * strides[1] + shiftB;
                  const at = largePlane + row * large[2] + c0 * strides[2] + shiftC;
                  visit(at, smallPlane + (i * small[1] + j) * small[2] + c0, weight, c1 - c0);
                }
              }
            }
          }
        }
      }
    }
  }
}

/** Small side of a convolution: each small element is the weighted sum of the large elements under its window. */
export function convolve(
  x: NumberArray,
  w: NumberArray,
  to: Float64Array,
  sizes: ConvolutionSizes,
  window: Window,
): void {
  const step = window.strides.at(-1) ?? 1;
  const line: Line = (large, small, weight, count) => {
    const factor = w[weight] as number;
    for (let i = 0; i < count; i++) {
      to[small + i] = (to[small + i] as number) + factor * (x[large + i * step] as number);
    }
  };
  walk(sizes, window, line);
}

/** Large side of a transposed convolution: each small element is laid, weighted, under its window. */
export function convolveTransposed(
  y: NumberArray,
  w: NumberArray,
  to: Float64Array,
  sizes: ConvolutionSizes,
  window: Window,
): void {
  const step = window.strides.at(-1) ?? 1;
  const line: Line = (large, small, weight, count) => {
    const factor = w[weight] as number;
    for (let i = 0; i < count; i++) {
      const at = large + i * step;
      to[at] = (to[at] as number) + factor * (y[small + i] as number);
    }
  };
  walk(sizes, window, line);
}
