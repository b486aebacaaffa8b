import { GanymedeError } from '../error.js';
import { vjp } from '../gradient/grad.js';
import { type GridSampling, sampleGrid } from '../kernels/grid-sampling.js';
import { numbersFor, toData } from '../kernels/numbers.js';
import { type Binary, defineOperator } from '../operator.js';
import { site } from '../scope.js';
import { formatShape, isStatic } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { valueOf } from '../value.js';
import { abs } from './abs.js';
import { add } from './add.js';
import { and } from './and.js';
import { cast } from './cast.js';
import { clip } from './clip.js';
import { constant } from './constant.js';
import { requireFloating, requireSameDtype } from './families/elementwise.js';
import { readTaps, type Tap } from './families/pixel-taps.js';
import { floor } from './floor.js';
import { greaterOrEqual } from './greater-or-equal.js';
import { lessOrEqual } from './less-or-equal.js';
import { mul } from './mul.js';
import { full } from './full.js';
import { reshape } from './reshape.js';
import { round } from './round.js';
import { sliceAxis } from './slice.js';
import { sub } from './sub.js';
import { transpose } from './transpose.js';

/** Options of {@link gridSample}. */
export interface GridSampleOptions {
  /** @defaultValue 'bilinear' */
  readonly mode?: GridSampling['mode'];
  /** What lies beside the image. @defaultValue 'zeros' */
  readonly padding?: GridSampling['padding_mode'];
  /** Whether -1 and 1 are the centres of the border pixels, or their outer edges. @defaultValue false */
  readonly alignCorners?: boolean;
}

/**
 * An image `[N, C, H, W]` read where a grid `[N, P, Q, 2]` points, (x, y) from -1 to 1: `[N, C, P, Q]` (Jaderberg et al. 2015).
 *
 * One floating dtype (`GANYMEDE_DTYPE`), ranks and batch sizes as above (`GANYMEDE_SHAPE`). Differentiable in the image and, but for
 * `nearest`, in the grid, to any order away from the lines between pixels; sizes must be known for that (`GANYMEDE_NAMED_DIMENSION`).
 * ONNX: [GridSample-16](https://onnx.ai/onnx/operators/onnx__GridSample.html).
 */
export function gridSample(
  x: Tensor,
  grid: Tensor,
  { mode = 'bilinear', padding = 'zeros', alignCorners = false }: GridSampleOptions = {},
): Tensor {
  return makeTensor(gridSampleOperator, [x, grid], {
    mode,
    padding_mode: padding,
    align_corners: alignCorners ? 1 : 0,
  });
}

/** The pixels that whole places `i` stand for. */
function pixels(i: Tensor, size: number, { padding_mode: padding, align_corners }: GridSampling): Tensor {
  if (padding !== 'reflection' || size === 1) return clip(i, 0, size - 1);
  const [edge, span] = align_corners === 1 ? [0, size - 1] : [-0.5, size];
  const from = abs(sub(i, edge));
  const folded = sub(from, mul(floor(mul(from, 1 / (2 * span))), 2 * span));
  return clip(round(add(sub(span, abs(sub(folded, span))), edge)), 0, size - 1);
}

/** Weight of a pixel at distance `d` in [0, 1] or in [1, 2] (Keys 1981, a = -0.75). */
function cubic(d: Tensor, near: boolean): Tensor {
  const a = -0.75;
  if (near) return add(mul(mul(sub(mul(d, a + 2), a + 3), d), d), 1);
  return sub(mul(add(mul(sub(mul(d, a), 5 * a), d), 8 * a), d), 4 * a);
}

/** What one coordinate of all places of the grid reads. */
function tapsOf(coordinate: Tensor, size: number, how: GridSampling): Tap[] {
  const scaled = mul(add(coordinate, 1), (how.align_corners === 1 ? size - 1 : size) / 2);
  const place = how.align_corners === 1 ? scaled : sub(scaled, 0.5);
  const base = how.mode === 'nearest' ? round(place) : floor(place);
  const offsets = { nearest: [0], bilinear: [0, 1], bicubic: [-1, 0, 1, 2] }[how.mode];
  const t = sub(place, base);
  return offsets.map((offset) => {
    const i = offset === 0 ? base : add(base, offset);
    const d = offset > 0 ? sub(offset, t) : sub(t, offset);
    const weight =
      how.mode === 'nearest'
        ? full(t.shape, 1, t.dtype)
        : how.mode === 'bilinear'
          ? sub(1, d)
          : cubic(d, offset === 0 || offset === 1);
    const inside = and(greaterOrEqual(i, 0), lessOrEqual(i, size - 1));
    return {
      index: pixels(i, size, how),
      weight: how.padding_mode === 'zeros' ? mul(weight, cast(inside, weight.dtype)) : weight,
    };
  });
}

/** Sampling by gathering pixels, with gradients of any order. */
function composed(x: Tensor, grid: Tensor, how: GridSampling): Tensor {
  const { shape } = grid;
  if (!isStatic(x.shape) || !isStatic(shape)) {
    throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
      message: `${site('gradient of GridSample')}: the sizes of ${formatShape(x.shape)} and ${formatShape(shape)} must be known`,
      hint: 'build this program at fixed sizes',
    });
  }
  const [batch = 1, , height = 1, width = 1] = x.shape;
  const places = shape.slice(0, 3);
  const along = (i: number): Tensor => reshape(sliceAxis(grid, 3, i, i + 1), places);
  const first = Array.from({ length: batch }, (_, n) => n * height * width);
  const read = readTaps(
    x,
    constant(valueOf(first, [batch, 1, 1], 'int64')),
    tapsOf(along(1), height, how),
    tapsOf(along(0), width, how),
  );
  return transpose(read, [0, 3, 1, 2]);
}

export const gridSampleOperator = defineOperator<GridSampling, Binary>({
  name: 'GridSample',
  infer: ([x, grid]) => {
    requireFloating('GridSample', x, grid);
    requireSameDtype('GridSample', x, grid);
    const fits = x.rank === 4 && grid.rank === 4 && grid.shape[3] === 2 && grid.shape[0] === x.shape[0];
    if (!fits) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('GridSample')}: a grid ${formatShape(grid.shape)} does not point into an image ${formatShape(x.shape)}`,
        hint: 'the image is [N, C, H, W], the grid [N, P, Q, 2]',
      });
    }
    return { dtype: x.dtype, shape: [...x.shape.slice(0, 2), ...grid.shape.slice(1, 3)] };
  },
  gradient: (g, _, [x, grid], how) => [
    () => vjp([composed(x, grid, how)], [x], [g])[0],
    how.mode === 'nearest' ? null : () => vjp([composed(x, grid, how)], [grid], [g])[0],
  ],
  evaluate: ([x, grid], how, { dtype, shape }) => {
    const to = numbersFor(
      dtype,
      shape.reduce((a, b) => a * b, 1),
    );
    to.set(sampleGrid(x, grid, how));
    return toData(dtype, to);
  },
  onnx: {
    attributes: { mode: 'string', padding_mode: 'string', align_corners: 'int' },
    defaults: { mode: 'bilinear', padding_mode: 'zeros', align_corners: 0 },
  },
});
