import type { Value } from '../value.js';
import { numbersIn } from './numbers.js';

/** How an image is read between and beside its pixels. Names are ONNX's. */
export type GridSampling = {
  readonly mode: 'bilinear' | 'nearest' | 'bicubic';
  readonly padding_mode: 'zeros' | 'border' | 'reflection';
  readonly align_corners: 0 | 1;
};

/** The pixel that stands for place `i` of an axis, undefined where it is zeros. */
function pixelAt(i: number, size: number, { padding_mode: padding, align_corners }: GridSampling) {
  const border = Math.max(0, Math.min(size - 1, i));
  if (padding === 'zeros') return i === border ? i : undefined;
  if (padding === 'border' || size === 1) return border;
  // Mirrored at the centres of the border pixels, or at their outer edges.
  const [edge, span] = align_corners === 1 ? [0, size - 1] : [-0.5, size];
  const folded = Math.abs(i - edge) % (2 * span);
  return Math.max(0, Math.min(size - 1, span - Math.abs(folded - span) + edge));
}

/** Weight of a pixel at distance `d` (Keys 1981, a = -0.75). */
function cubic(d: number): number {
  const a = -0.75;
  return d <= 1 ? ((a + 2) * d - (a + 3)) * d * d + 1 : ((a * d - 5 * a) * d + 8 * a) * d - 4 * a;
}

const halfToEven = (x: number): number => {
  const low = Math.floor(x);
  return x - low === 0.5 ? low + (low % 2 === 0 ? 0 : 1) : Math.round(x);
};

/** Pixels of one axis that a coordinate of the grid reads, and their weights. */
function tapsOf(coordinate: number, size: number, how: GridSampling): [number, number][] {
  const place =
    how.align_corners === 1 ? ((coordinate + 1) / 2) * (size - 1) : ((coordinate + 1) * size - 1) / 2;
  const base = Math.floor(place);
  const around = how.mode === 'bicubic' ? [base - 1, base, base + 1, base + 2] : [base, base + 1];
  const taps = how.mode === 'nearest' ? [halfToEven(place)] : around;
  return taps.flatMap((i): [number, number][] => {
    const pixel = pixelAt(i, size, how);
    const d = Math.abs(place - i);
    const weight = how.mode === 'nearest' ? 1 : how.mode === 'bilinear' ? 1 - d : cubic(d);
    return pixel === undefined ? [] : [[pixel, weight]];
  });
}

/** An image `[N, C, H, W]` read where a grid `[N, P, Q, 2]` points: `[N, C, P, Q]`. */
export function sampleGrid(x: Value, grid: Value, how: GridSampling): Float64Array {
  const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
  const [, rows = 1, columns = 1] = grid.shape;
  const [image, places] = [numbersIn(x), numbersIn(grid)];
  const result = new Float64Array(batch * channels * rows * columns);
  for (let n = 0; n < batch; n++) {
    for (let p = 0; p < rows * columns; p++) {
      const at = 2 * (n * rows * columns + p);
      const across = tapsOf(places[at] as number, width, how);
      const down = tapsOf(places[at + 1] as number, height, how);
      for (let c = 0; c < channels; c++) {
        const plane = (n * channels + c) * height;
        let sum = 0;
        for (const [i, u] of down)
          for (const [j, v] of across) sum += u * v * (image[(plane + i) * width + j] as number);
        result[(n * channels + c) * rows * columns + p] = sum;
      }
    }
  }
  return result;
}
