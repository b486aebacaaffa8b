import { padding, type Window } from '../convolution/geometry.js';
import type { NumberArray } from './numbers.js';

/** Sizes of a pooling: `planes` images, each pooled alone. */
export interface PoolingSizes {
  readonly planes: number;
  readonly large: readonly number[];
  readonly small: readonly number[];
  readonly kernel: readonly number[];
}

/** Calls `visit` with the elements under each window, by index into the input, clipped at the borders. The list is reused. */
export function forEachWindow(
  { planes, large, small, kernel }: PoolingSizes,
  { strides, pads, dilations }: Window,
  visit: (output: number, elements: readonly number[]) => void,
): void {
  const axes = large.length;
  const elements: number[] = [];
  let output = 0;
  const collect = (axis: number, at: number): void => {
    if (axis === axes) {
      elements.push(at);
      return;
    }
    const size = large[axis] ?? 1;
    const first = (window[axis] ?? 0) * (strides[axis] ?? 1) - (pads[axis] ?? 0);
    for (let k = 0; k < (kernel[axis] ?? 1); k++) {
      const i = first + k * (dilations[axis] ?? 1);
      if (i >= 0 && i < size) collect(axis + 1, at * size + i);
    }
  };
  const window = new Array<number>(axes).fill(0);
  const move = (axis: number, plane: number): void => {
    if (axis === axes) {
      elements.length = 0;
      collect(0, plane);
      visit(output++, elements);
      return;
    }
    for (let i = 0; i < (small[axis] ?? 1); i++) {
      window[axis] = i;
      move(axis + 1, plane);
    }
  };
  for (let plane = 0; plane < planes; plane++) move(0, plane);
}

/** Largest element under each window. */
export function poolLargest(x: NumberArray, to: NumberArray, sizes: PoolingSizes, window: Window): void {
  forEachWindow(sizes, window, (output, elements) => {
    let best = -Infinity;
    for (const at of elements) {
      const value = x[at] as number;
      if (value > best || Number.isNaN(value)) best = value;
    }
    to[output] = best;
  });
}

/** Mean under each window; padding counts as zeros if `countPadding`, else not at all. */
export function poolMean(
  x: NumberArray,
  to: NumberArray,
  sizes: PoolingSizes,
  window: Window,
  countPadding: boolean,
): void {
  const full = sizes.kernel.reduce((a, b) => a * b, 1);
  const padded = countPadding || sizes.kernel.every((_, i) => padding(window.pads, i) === 0);
  forEachWindow(sizes, window, (output, elements) => {
    let sum = 0;
    for (const at of elements) sum += x[at] as number;
    to[output] = sum / (padded ? full : elements.length);
  });
}
