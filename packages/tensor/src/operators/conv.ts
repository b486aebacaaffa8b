import { type Window, type WindowOptions, windowCounts, windowOf } from '../convolution/geometry.js';
import { type PaddingForm, padsOf } from '../convolution/padding-form.js';
import { filterGradient } from '../convolution/filter-gradient.js';
import { convInputGradient } from '../convolution/input-gradient.js';
import { GanymedeError } from '../error.js';
import { convolve } from '../kernels/convolution.js';
import { lengthOf, numbersIn, room, toData } from '../kernels/numbers.js';
import type { TensorData } from '../dtype.js';
import { defineOperator, type OutputType } from '../operator.js';
import { site } from '../scope.js';
import { formatShape, isStatic } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import type { Value } from '../value.js';
import { sum } from './reduce-sum.js';
import { requireFloating, requireSameDtype } from './families/elementwise.js';

/** Options of {@link conv}. */
export interface ConvOptions extends WindowOptions {
  /** Channels fall into this many groups that do not see each other. @defaultValue 1 */
  readonly group?: number;
  /** One number per output channel, added to the result. */
  readonly bias?: Tensor;
}

/**
 * Convolution (cross-correlation) in 1, 2 or 3 spatial dimensions.
 *
 * `x` is `[N, C, ...spatial]`, `w` is `[K, C / group, ...kernel]` of known size, the result `[N, K, ...]` (`GANYMEDE_SHAPE`);
 * one floating dtype (`GANYMEDE_DTYPE`). ONNX: [Conv-11](https://onnx.ai/onnx/operators/onnx__Conv.html).
 */
export function conv(x: Tensor, w: Tensor, { group = 1, bias, ...window }: ConvOptions = {}): Tensor {
  const attributes = {
    ...windowOf(window, Math.max(w.rank - 2, 1), 'Conv', (form, moves) =>
      padsOf(form, moves, x.shape.slice(2), kernelOf(w, 'Conv'), 'Conv'),
    ),
    group,
  };
  return makeTensor(
    convOperator,
    bias === undefined ? ([x, w] as const) : ([x, w, bias] as const),
    attributes,
  );
}

export type ConvInputs = readonly [Tensor, Tensor, Tensor?];
export type ConvAttributes = Pick<Window, keyof Window> & {
  readonly group: number;
  /** In files only: pads are numbers here. */
  readonly auto_pad?: AutoPad;
};

/** ONNX's attribute, of which NOTSET stands for explicit numbers. */
export type AutoPad = 'NOTSET' | PaddingForm;

/** The option that an ONNX file's attribute stands for; explicit pads stay. */
export const decodedPads = (auto: AutoPad | undefined): { readonly pads?: PaddingForm } =>
  auto === undefined || auto === 'NOTSET' ? {} : { pads: auto };

/** The filter's spatial sizes, which must be known. */
export function kernelOf(w: Tensor, operator: string): readonly number[] {
  const kernel = w.shape.slice(2);
  if (kernel.length >= 1 && kernel.length <= 3 && isStatic(kernel)) return kernel;
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${site(operator)}: a filter of shape ${formatShape(w.shape)} has no 1 to 3 spatial axes of known size`,
  });
}

/** Refuses inputs of different dtypes, and a bias that is not one number per output channel. */
export function checkConvInputs(operator: string, [x, w, bias]: ConvInputs, channels: number): void {
  const tensors = bias === undefined ? [x, w] : [x, w, bias];
  requireFloating(operator, ...tensors);
  requireSameDtype(operator, ...tensors);
  if (bias !== undefined && (bias.rank !== 1 || bias.shape[0] !== channels)) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site(operator)}: a bias of shape ${formatShape(bias.shape)} does not fit ${channels} output channels`,
    });
  }
}

/** A convolution or a transposed one by `products`, between shapes `[N, C, ...]` of the large and the small side. */
export function convolved(
  products: typeof convolve,
  [x, w, bias]: readonly [Value, Value, Value?],
  attributes: ConvAttributes,
  output: OutputType,
  [largeShape, smallShape]: readonly [readonly number[], readonly number[]],
): TensorData {
  const sums = new Float64Array(lengthOf(output.shape));
  if (bias !== undefined) fillWithBias(sums, numbersIn(bias), output.shape);
  const [batch = 1, largeChannels = 1, ...large] = largeShape;
  const [, smallChannels = 1, ...small] = smallShape;
  const { group } = attributes;
  const kernel = w.shape.slice(2);
  const sizes = { batch, group, largeChannels, smallChannels, large, small, kernel };
  products(numbersIn(x), numbersIn(w), sums, sizes, attributes);
  const to = room(output);
  to.set(sums);
  return toData(output.dtype, to);
}

/** The bias of each channel, laid out before the products are added. */
function fillWithBias(to: Float64Array, bias: ArrayLike<number>, shape: readonly number[]): void {
  const [batch = 1, channels = 1, ...spatial] = shape;
  const size = lengthOf(spatial);
  for (let i = 0; i < batch * channels; i++) to.fill(bias[i % channels] ?? 0, i * size, (i + 1) * size);
}

export const convOperator = defineOperator<ConvAttributes, ConvInputs>({
  name: 'Conv',
  infer: (inputs, attributes) => {
    const [x, w] = inputs;
    const kernel = kernelOf(w, 'Conv');
    const [channels, perGroup] = w.shape;
    checkConvInputs('Conv', inputs, Number(channels));
    const { group } = attributes;
    if (x.rank !== w.rank || x.shape[1] !== Number(perGroup) * group || Number(channels) % group !== 0) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('Conv')}: input ${formatShape(x.shape)} does not fit filter ${formatShape(w.shape)} in ${group} group(s)`,
        hint: 'input is [N, C, ...], filter [K, C / group, ...], and group divides C and K',
      });
    }
    const counts = windowCounts(x.shape.slice(2), kernel, attributes, 'Conv');
    return { dtype: x.dtype, shape: [x.shape[0] ?? 1, channels ?? 1, ...counts] };
  },
  gradient: (g, _, [x, w, bias], attributes) => {
    const partials = [
      () => convInputGradient(g, x, w, attributes),
      () => filterGradient({ large: x, small: g, kernel: kernelOf(w, 'Conv'), ...attributes }),
    ];
    const others = g.shape.flatMap((_, i) => (i === 1 ? [] : [i]));
    return bias === undefined ? partials : [...partials, () => sum(g, others)];
  },
  evaluate: (inputs, attributes, output) =>
    convolved(convolve, inputs, attributes, output, [inputs[0].shape, output.shape]),
  onnx: {
    accepted: { kernel_shape: 'any' },
    attributes: { strides: 'ints', pads: 'ints', dilations: 'ints', group: 'int', auto_pad: 'string' },
    decode: ([x, w, bias], { auto_pad, ...options }) =>
      conv(x, w, { ...options, ...decodedPads(auto_pad), ...(bias && { bias }) }),
  },
});
