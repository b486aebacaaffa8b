import type { Value } from '../value.js';
import { numbersIn } from './numbers.js';

/** How regions are pooled. Names are ONNX's. */
export type RoiPooling = {
  readonly output_height: number;
  readonly output_width: number;
  readonly sampling_ratio: number;
  readonly spatial_scale: number;
  readonly coordinate_transformation_mode: 'half_pixel' | 'output_half_pixel';
  readonly mode: 'avg';
};

/** The two pixels beside a place of an axis and their weights; none if it lies more than one pixel outside. */
function neighbours(place: number, size: number): [number, number][] {
  if (place < -1 || place > size) return [];
  const inside = Math.min(Math.max(place, 0), size - 1);
  const low = Math.min(Math.floor(inside), size - 1);
  return [
    [low, 1 - (inside - low)],
    [Math.min(low + 1, size - 1), inside - low],
  ];
}

/** Mean of bilinear samples in each cell of each region: `[R, C, P, Q]`. */
export function alignRegions(x: Value, rois: Value, owners: Value, how: RoiPooling): Float64Array {
  const [, channels = 1, height = 1, width = 1] = x.shape;
  const { output_height: rows, output_width: columns, sampling_ratio: ratio, spatial_scale: scale } = how;
  const [image, boxes, owner] = [numbersIn(x), numbersIn(rois), numbersIn(owners)];
  const half = how.coordinate_transformation_mode === 'half_pixel';
  const regions = rois.shape[0] ?? 0;
  const result = new Float64Array(regions * channels * rows * columns);
  const samples = (low: number, high: number, cells: number, size: number) => {
    const start = low * scale - (half ? 0.5 : 0);
    const extent = half ? (high - low) * scale : Math.max((high - low) * scale, 1);
    return Array.from({ length: cells * ratio }, (_, k) =>
      neighbours(start + ((k + 0.5) / ratio) * (extent / cells), size),
    );
  };
  for (let r = 0; r < regions; r++) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = boxes.slice(4 * r, 4 * r + 4);
    const down = samples(y1, y2, rows, height);
    const across = samples(x1, x2, columns, width);
    for (let c = 0; c < channels; c++) {
      const plane = ((owner[r] as number) * channels + c) * height;
      down.forEach((vertical, i) => {
        across.forEach((horizontal, j) => {
          const to = ((r * channels + c) * rows + Math.floor(i / ratio)) * columns + Math.floor(j / ratio);
          for (const [y, v] of vertical)
            for (const [q, u] of horizontal)
              result[to] =
                (result[to] as number) + (v * u * (image[(plane + y) * width + q] as number)) / ratio ** 2;
        });
      });
    }
  }
  return result;
}
