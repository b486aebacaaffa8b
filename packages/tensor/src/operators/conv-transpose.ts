import {
  perAxis,
  type PerAxis,
  transposedSizes,
  type WindowOptions,
  windowOf,
} from '../convolution/geometry.js';
import { filterGradient } from '../convolution/filter-gradient.js';
import { GanymedeError } from '../error.js';
import { convolveTransposed } from '../kernels/convolution.js';
import { lengthOf, numbersIn, room, toData } from '../kernels/numbers.js';
import { defineOperator } from '../operator.js';
import { site } from '../scope.js';
import { formatShape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import {
  checkConvInputs,
  type ConvAttributes,
  type ConvInputs,
  conv,
  fillWithBias,
  kernelOf,
} from './conv.js';
import { sum } from './reduce-sum.js';

/** Options of {@link convTranspose}. */
export interface ConvTransposeOptions extends WindowOptions {
  /** Channels fall into this many groups that do not see each other. @defaultValue 1 */
  readonly group?: number;
  /** Elements added at the end of each axis, fewer than its stride or dilation. @defaultValue 0 */
  readonly outputPadding?: PerAxis;
  /** One number per output channel, added to the result. */
  readonly bias?: Tensor;
}

/**
 * Transposed convolution in 1, 2 or 3 spatial dimensions: the linear map whose transpose is `conv` with the same filter.
 *
 * `x` is `[N, C, ...spatial]`, `w` is `[C, K / group, ...kernel]` of known size, the result `[N, K, ...]` (`GANYMEDE_SHAPE`);
 * one floating dtype (`GANYMEDE_DTYPE`). `pads` are taken away from the result. ONNX:
 * [ConvTranspose-11](https://onnx.ai/onnx/operators/onnx__ConvTranspose.html).
 */
export function convTranspose(
  x: Tensor,
  w: Tensor,
  { group = 1, outputPadding = 0, bias, ...window }: ConvTransposeOptions = {},
): Tensor {
  const axes = Math.max(w.rank - 2, 1);
  const output_padding = perAxis(outputPadding, axes, 'ConvTranspose', 'output paddings', 0);
  const attributes = { ...windowOf(window, axes, 'ConvTranspose'), group, output_padding };
  return makeTensor(
    convTransposeOperator,
    bias === undefined ? ([x, w] as const) : ([x, w, bias] as const),
    attributes,
  );
}

type ConvTransposeAttributes = ConvAttributes & { readonly output_padding: readonly number[] };

export const convTransposeOperator = defineOperator<ConvTransposeAttributes, ConvInputs>({
  name: 'ConvTranspose',
  infer: (inputs, attributes) => {
    const [x, w] = inputs;
    const kernel = kernelOf(w, 'ConvTranspose');
    const { group, output_padding, strides, dilations } = attributes;
    const channels = Number(w.shape[1]) * group;
    checkConvInputs('ConvTranspose', inputs, channels);
    if (x.rank !== w.rank || x.shape[1] !== w.shape[0] || Number(w.shape[0]) % group !== 0) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('ConvTranspose')}: input ${formatShape(x.shape)} does not fit filter ${formatShape(w.shape)} in ${group} group(s)`,
        hint: 'input is [N, C, ...], filter [C, K / group, ...], and group divides C and K',
      });
    }
    if (output_padding.some((p, i) => p >= Math.max(strides[i] ?? 1, dilations[i] ?? 1))) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('ConvTranspose')}: output padding [${output_padding.join(', ')}] must be smaller than the stride or dilation`,
      });
    }
    const sizes = transposedSizes(x.shape.slice(2), kernel, attributes, output_padding, 'ConvTranspose');
    return { dtype: x.dtype, shape: [x.shape[0] ?? 1, channels, ...sizes] };
  },
  gradient: (g, _, [x, w, bias], { strides, pads, dilations, group }) => {
    const partials = [
      () => conv(g, w, { strides, pads, dilations, group }),
      () =>
        filterGradient({
          large: g,
          small: x,
          kernel: kernelOf(w, 'ConvTranspose'),
          strides,
          pads,
          dilations,
          group,
        }),
    ];
    const others = g.shape.flatMap((_, i) => (i === 1 ? [] : [i]));
    return bias === undefined ? partials : [...partials, () => sum(g, others)];
  },
  evaluate: ([x, w, bias], attributes, output) => {
    const sums = new Float64Array(lengthOf(output.shape));
    if (bias !== undefined) fillWithBias(sums, numbersIn(bias), output.shape);
    const [batch = 1, smallChannels = 1, ...small] = x.shape;
    const [, largeChannels = 1, ...large] = output.shape;
    const sizes = {
      batch,
      group: attributes.group,
      largeChannels,
      smallChannels,
      large,
      small,
      kernel: w.shape.slice(2),
    };
    convolveTransposed(numbersIn(x), numbersIn(w), sums, sizes, attributes);
    const to = room(output);
    to.set(sums);
    return toData(output.dtype, to);
  },
  onnx: {
    accepted: { kernel_shape: 'any', auto_pad: 'NOTSET' },
    attributes: { strides: 'ints', pads: 'ints', dilations: 'ints', group: 'int', output_padding: 'ints' },
    decode: ([x, w, bias], { output_padding = 0, ...options }) =>
      convTranspose(x, w, {
        ...options,
        outputPadding: output_padding,
        ...(bias && { bias }),
      }),
  },
});
