import { GanymedeError } from '../error.js';
import { vjp } from '../gradient/grad.js';
import { numbersFor, toData } from '../kernels/numbers.js';
import { alignRegions, type RoiPooling } from '../kernels/roi-align.js';
import { defineOperator, type Ternary } from '../operator.js';
import { site } from '../scope.js';
import { formatShape, isStatic } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { valueOf } from '../value.js';
import { add } from './add.js';
import { and } from './and.js';
import { cast } from './cast.js';
import { clip } from './clip.js';
import { constant } from './constant.js';
import { requireDtype, requireFloating, requireSameDtype } from './families/elementwise.js';
import { readTaps, type Tap } from './families/pixel-taps.js';
import { floor } from './floor.js';
import { greaterOrEqual } from './greater-or-equal.js';
import { lessOrEqual } from './less-or-equal.js';
import { maximum } from './maximum.js';
import { mul } from './mul.js';
import { mean } from './reduce-mean.js';
import { reshape } from './reshape.js';
import { sliceAxis } from './slice.js';
import { sub } from './sub.js';
import { transpose } from './transpose.js';

/** Options of {@link roiAlign}. */
export interface RoiAlignOptions {
  /** Cells of a region, down and across. */
  readonly size: readonly [number, number];
  /** Samples per cell and axis, at least 1. @defaultValue 2 */
  readonly samples?: number;
  /** Size of the image over the size that regions are measured in. @defaultValue 1 */
  readonly scale?: number;
  /** Whether coordinates are those of pixels' edges (right), or of their centres (Mask R-CNN's first version). @defaultValue true */
  readonly halfPixel?: boolean;
}

/**
 * Regions of images in cells of one size, each the mean of bilinear samples (He et al. 2017): `[R, C, ...size]`.
 *
 * `x` is `[N, C, H, W]`, `rois` `[R, 4]` (x1, y1, x2, y2), `owners` `[R]`, int64, the number of each region's image (`GANYMEDE_SHAPE`,
 * `GANYMEDE_DTYPE`). Differentiable in image and regions, to any order away from the lines between pixels; sizes must be known for
 * that (`GANYMEDE_NAMED_DIMENSION`). ONNX: [RoiAlign-16](https://onnx.ai/onnx/operators/onnx__RoiAlign.html), mode avg.
 */
export function roiAlign(
  x: Tensor,
  rois: Tensor,
  owners: Tensor,
  { size: [rows, columns], samples = 2, scale = 1, halfPixel = true }: RoiAlignOptions,
): Tensor {
  return makeTensor(roiAlignOperator, [x, rois, owners], {
    output_height: rows,
    output_width: columns,
    sampling_ratio: samples,
    spatial_scale: scale,
    coordinate_transformation_mode: halfPixel ? 'half_pixel' : 'output_half_pixel',
    mode: 'avg',
  });
}

/** The samples of one axis of all regions, `[R, cells · samples]`. */
function tapsOf(low: Tensor, high: Tensor, cells: number, size: number, how: RoiPooling): Tap[] {
  const { sampling_ratio: ratio, spatial_scale: scale, coordinate_transformation_mode: kind } = how;
  const start = sub(mul(low, scale), kind === 'half_pixel' ? 0.5 : 0);
  const measured = mul(sub(high, low), scale);
  const extent = kind === 'half_pixel' ? measured : maximum(measured, 1);
  const steps = Array.from({ length: cells * ratio }, (_, k) => (k + 0.5) / (ratio * cells));
  const fractions = cast(constant(valueOf(steps, [1, steps.length], 'float64')), low.dtype);
  const place = add(start, mul(extent, fractions));
  const near = cast(and(greaterOrEqual(place, -1), lessOrEqual(place, size)), low.dtype);
  const inside = clip(place, 0, size - 1);
  const base = floor(inside);
  const t = sub(inside, base);
  return [
    { index: base, weight: mul(near, sub(1, t)) },
    { index: clip(add(base, 1), 0, size - 1), weight: mul(near, t) },
  ];
}

/** Pooling by gathering pixels, with gradients of any order. */
function composed(x: Tensor, rois: Tensor, owners: Tensor, how: RoiPooling): Tensor {
  if (!isStatic(x.shape) || !isStatic(rois.shape)) {
    throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
      message: `${site('gradient of RoiAlign')}: the sizes of ${formatShape(x.shape)} and ${formatShape(rois.shape)} must be known`,
      hint: 'build this program at fixed sizes',
    });
  }
  const [, channels = 1, height = 1, width = 1] = x.shape;
  const [regions = 1] = rois.shape;
  const { output_height: rows, output_width: columns, sampling_ratio: ratio } = how;
  const edge = (i: number): Tensor => sliceAxis(rois, 1, i, i + 1);
  const placed = (taps: Tap[], shape: readonly number[]): Tap[] =>
    taps.map(({ index, weight }) => ({ index: reshape(index, shape), weight: reshape(weight, shape) }));
  const down = placed(tapsOf(edge(1), edge(3), rows, height, how), [regions, rows * ratio, 1]);
  const across = placed(tapsOf(edge(0), edge(2), columns, width, how), [regions, 1, columns * ratio]);
  const first = reshape(mul(owners, height * width), [regions, 1, 1]);
  const read = reshape(readTaps(x, first, down, across), [regions, rows, ratio, columns, ratio, channels]);
  return transpose(mean(read, [2, 4]), [0, 3, 1, 2]);
}

function refuse([x, rois, owners]: Ternary, { sampling_ratio: samples }: RoiPooling): never {
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${site('RoiAlign')}: regions ${formatShape(rois.shape)} of images numbered ${formatShape(owners.shape)} do not fit ${formatShape(x.shape)}, or ${samples} samples per cell are none`,
    hint: 'images are [N, C, H, W], regions [R, 4], their images [R], samples at least 1',
  });
}

export const roiAlignOperator = defineOperator<RoiPooling, Ternary>({
  name: 'RoiAlign',
  infer: (inputs, how) => {
    const [x, rois, owners] = inputs;
    requireFloating('RoiAlign', x, rois);
    requireSameDtype('RoiAlign', x, rois);
    requireDtype('RoiAlign', 'int64', owners);
    const fits = x.rank === 4 && rois.rank === 2 && rois.shape[1] === 4 && owners.rank === 1;
    if (!fits || owners.shape[0] !== rois.shape[0] || !(how.sampling_ratio >= 1)) refuse(inputs, how);
    return {
      dtype: x.dtype,
      shape: [rois.shape[0] ?? 1, x.shape[1] ?? 1, how.output_height, how.output_width],
    };
  },
  gradient: (g, _, [x, rois, owners], how) => [
    () => vjp([composed(x, rois, owners, how)], [x], [g])[0],
    () => vjp([composed(x, rois, owners, how)], [rois], [g])[0],
    null,
  ],
  evaluate: ([x, rois, owners], how, { dtype, shape }) => {
    const to = numbersFor(
      dtype,
      shape.reduce((a, b) => a * b, 1),
    );
    to.set(alignRegions(x, rois, owners, how));
    return toData(dtype, to);
  },
  onnx: {
    attributes: {
      output_height: 'int',
      output_width: 'int',
      sampling_ratio: 'int',
      spatial_scale: 'float',
      coordinate_transformation_mode: 'string',
      mode: 'string',
    },
    defaults: {
      output_height: 1,
      output_width: 1,
      sampling_ratio: 0,
      spatial_scale: 1,
      coordinate_transformation_mode: 'half_pixel',
      mode: 'avg',
    },
  },
});
