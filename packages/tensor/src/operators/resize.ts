import { type PerAxis, perAxis } from '../convolution/geometry.js';
import { GanymedeError } from '../error.js';
import { numbersFor, toData } from '../kernels/numbers.js';
import { type Resampling, resample, type ResizedAxis, sharesOf } from '../kernels/resampling.js';
import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { type Dim, formatShape, isStatic, productOf, quotientOf } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { value } from '../value.js';
import { cast } from './cast.js';
import { constant } from './constant.js';
import { requireFloating, requireNumeric } from './families/elementwise.js';
import { productAlong } from './families/product-along.js';
import { sum } from './reduce-sum.js';
import { reshape } from './reshape.js';

/** Options of {@link resize}: `scales` or `sizes`, and how. */
export interface ResizeOptions {
  /** How many times as large, positive: one number, or one per spatial axis. The new size is rounded down. */
  readonly scales?: PerAxis;
  /** New sizes of the spatial axes, in place of `scales`. */
  readonly sizes?: PerAxis;
  /** What lies between elements. @defaultValue 'nearest' */
  readonly mode?: Resampling['mode'];
  /**
   * Where the new elements lie: centres of pixels evenly over the image (`half_pixel`), the first and last on those of the old
   * image (`align_corners`), or at whole multiples (`asymmetric`). @defaultValue 'half_pixel'
   */
  readonly coordinates?: Resampling['coordinate_transformation_mode'];
  /** How `nearest` rounds. @defaultValue 'round_prefer_floor' */
  readonly rounding?: Resampling['nearest_mode'];
  /** The a of Keys' cubic: -0.75 as in PyTorch and OpenCV, -0.5 as in Pillow. @defaultValue -0.75 */
  readonly cubicCoefficient?: number;
}

/**
 * An image `[N, C, ...spatial]` of another size, each spatial axis resampled on its own: nearest, linear, or cubic (Keys 1981).
 *
 * Numbers of any dtype for `nearest`, floating otherwise (`GANYMEDE_DTYPE`); positive scales or sizes, one per spatial axis
 * (`GANYMEDE_SHAPE`). A named dimension can be scaled by whole numbers, and differentiated for `nearest` only
 * (`GANYMEDE_NAMED_DIMENSION`). Linear in `x`; the gradient is a product with the transposed weights, to any order. It does not
 * smooth before shrinking (no antialias). ONNX: [Resize-13](https://onnx.ai/onnx/operators/onnx__Resize.html); cubic in 1 or 3
 * spatial dimensions, which ONNX Runtime lacks, is a composite of products.
 */
export function resize(
  x: Tensor,
  {
    scales,
    sizes,
    mode = 'nearest',
    coordinates = 'half_pixel',
    rounding = 'round_prefer_floor',
    cubicCoefficient = -0.75,
  }: ResizeOptions,
): Tensor {
  const axes = Math.max(x.rank - 2, 1);
  const how: Resampling = {
    mode,
    coordinate_transformation_mode: coordinates,
    nearest_mode: rounding,
    cubic_coeff_a: cubicCoefficient,
  };
  if ((scales === undefined) === (sizes === undefined)) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site('Resize')}: give either scales or sizes of the ${axes} spatial axes`,
    });
  }
  const wanted =
    sizes !== undefined
      ? { sizes: [...x.shape.slice(0, 2), ...perAxis(sizes, axes, 'Resize', 'sizes')] }
      : {
          scales: [
            1,
            1,
            ...(typeof scales === 'number' ? new Array<number>(axes).fill(scales) : (scales ?? [])),
          ],
        };
  const y = makeTensor(resizeOperator, [x], { ...how, ...wanted });
  return mode === 'cubic' && axes !== 2 ? composed(x, { ...how, ...wanted }) : y;
}

type ResizeAttributes = Resampling & {
  readonly scales?: readonly number[];
  readonly sizes?: readonly Dim[];
};

function refuse(x: Tensor, { scales, sizes }: ResizeAttributes): never {
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${site('Resize')}: ${scales === undefined ? `sizes [${sizes}]` : `scales [${scales}]`} do not fit ${formatShape(x.shape)}`,
    hint: 'the input is [N, C, ...]; there is one positive number per spatial axis',
  });
}

function scaled(d: Dim, scale: number, x: Tensor): Dim {
  if (typeof d === 'number') return Math.floor(d * scale);
  const size = Number.isInteger(scale) ? productOf([d, scale]) : quotientOf(d, Math.round(1 / scale));
  if (size !== undefined && (Number.isInteger(scale) || Number.isInteger(1 / scale))) return size;
  throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
    message: `${site('Resize')}: ${d} times ${scale} of ${formatShape(x.shape)} has no name`,
    hint: 'scale named dimensions by whole numbers, or build this program at fixed sizes',
  });
}

/** Each axis before and after; the sizes must be known. */
function axesOf(from: readonly number[], to: readonly number[], scales?: readonly number[]): ResizedAxis[] {
  return from.map((d, i) => {
    const size = to[i] ?? d;
    return { from: d, to: size, scale: scales?.[i] ?? (d === 0 ? 1 : size / d) };
  });
}

/** Weights of one axis as a matrix `[to, from]`. */
function weights(axis: ResizedAxis, how: Resampling): Tensor {
  const matrix = new Float64Array(axis.to * axis.from);
  sharesOf(axis, how).forEach((list, i) => {
    for (const [index, weight] of list) {
      const at = i * axis.from + index;
      matrix[at] = (matrix[at] as number) + weight;
    }
  });
  return constant(value('float64', [axis.to, axis.from], matrix));
}

const changes = ({ from, to, scale }: ResizedAxis): boolean => from !== to || scale !== 1;

/** The resized tensor as products with the weights of each axis. */
function composed(x: Tensor, attributes: ResizeAttributes): Tensor {
  const { shape } = makeTensor(resizeOperator, [x], attributes);
  return knownAxes(x, shape, attributes).reduce(
    (y, axis, i) => (changes(axis) ? productAlong(y, i, cast(weights(axis, attributes), y.dtype)) : y),
    x,
  );
}

function knownAxes(x: Tensor, to: readonly Dim[], { scales }: ResizeAttributes): ResizedAxis[] {
  // Axes that stay as they are may have names.
  const known = x.shape.map((d, i) => (d === to[i] ? 1 : d));
  const result = to.map((d, i) => (d === x.shape[i] ? 1 : d));
  if (isStatic(known) && isStatic(result)) {
    const unchanged = scales?.map((s, i) => (x.shape[i] === to[i] && typeof to[i] === 'string' ? 1 : s));
    return axesOf(
      x.shape.map((d, i) => (typeof d === 'number' ? d : (known[i] ?? 1))),
      to.map((d, i) => (typeof d === 'number' ? d : (result[i] ?? 1))),
      unchanged,
    );
  }
  throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
    message: `${site('gradient of Resize')}: the sizes of ${formatShape(x.shape)} must be known`,
    hint: 'build this program at fixed sizes',
  });
}

/** Whole scales when each element is simply repeated. */
function repeats({ mode, coordinate_transformation_mode: kind, nearest_mode, scales }: ResizeAttributes) {
  const plain =
    kind === 'asymmetric'
      ? nearest_mode === 'floor'
      : kind === 'half_pixel' && nearest_mode.startsWith('round');
  return mode === 'nearest' && plain && scales?.every(Number.isInteger) ? scales : undefined;
}

function gradient(g: Tensor, x: Tensor, attributes: ResizeAttributes): Tensor {
  const whole = repeats(attributes);
  if (whole !== undefined) {
    const blocks = x.shape.flatMap((d, i): Dim[] => [d, whole[i] ?? 1]);
    return sum(
      reshape(g, blocks),
      x.shape.map((_, i) => 2 * i + 1),
    );
  }
  return knownAxes(x, g.shape, attributes).reduce((y, axis, i) => {
    if (!changes(axis)) return y;
    const matrix = weights(axis, attributes);
    const { data } = matrix.attributes.value as { readonly data: Float64Array };
    const turned = new Float64Array(data.length);
    for (let a = 0; a < axis.to; a++)
      for (let b = 0; b < axis.from; b++) turned[b * axis.to + a] = data[a * axis.from + b] as number;
    return productAlong(y, i, cast(constant(value('float64', [axis.from, axis.to], turned)), y.dtype));
  }, g);
}

export const resizeOperator = defineOperator<ResizeAttributes, Unary>({
  name: 'Resize',
  infer: ([x], attributes) => {
    const { scales, sizes, mode } = attributes;
    if (mode !== 'nearest') requireFloating('Resize', x);
    else requireNumeric('Resize', x);
    const list = scales ?? sizes ?? [];
    const fits = (n: Dim, i: number): boolean => typeof n !== 'number' || n > 0 || x.shape[i] === 0;
    if (list.length !== x.rank || !list.every(fits)) refuse(x, attributes);
    const shape = scales === undefined ? list : x.shape.map((d, i) => scaled(d, scales[i] ?? 1, x));
    if (!shape.every(fits)) refuse(x, attributes);
    return { dtype: x.dtype, shape };
  },
  gradient: (g, _, [x], attributes) => [gradient(g, x, attributes)],
  evaluate: ([x], attributes, output) => {
    const axes = axesOf(x.shape, output.shape, attributes.scales);
    const to = numbersFor(
      output.dtype,
      output.shape.reduce((a, b) => a * b, 1),
    );
    to.set(resample(x, axes, attributes));
    return toData(output.dtype, to);
  },
  onnx: {
    operands: [
      { name: 'roi', kind: 'absent' },
      { name: 'scales', kind: 'floats' },
      { name: 'sizes', kind: 'dims' },
    ],
    attributes: {
      mode: 'string',
      coordinate_transformation_mode: 'string',
      nearest_mode: 'string',
      cubic_coeff_a: 'float',
    },
    accepted: { exclude_outside: 0, extrapolation_value: 'any', antialias: 0 },
    decode: ([x], { scales = [], sizes, ...how }): Tensor =>
      makeTensor(resizeOperator, [x], {
        ...resizeDefaults,
        ...how,
        ...(scales.length > 0 ? { scales } : sizes && { sizes }),
      }),
  },
});

const resizeDefaults = {
  mode: 'nearest',
  coordinate_transformation_mode: 'half_pixel',
  nearest_mode: 'round_prefer_floor',
  cubic_coeff_a: -0.75,
} as const;
