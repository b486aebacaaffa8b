import {
  perAxis,
  type PerAxis,
  reach,
  transposedSizes,
  type WindowOptions,
  windowOf,
} from '../convolution/geometry.js';
import { sharedOut } from '../convolution/padding-form.js';
import { filterGradient } from '../convolution/filter-gradient.js';
import { GanymedeError } from '../error.js';
import { convolveTransposed } from '../kernels/convolution.js';
import { defineOperator } from '../operator.js';
import { site } from '../scope.js';
import { formatShape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import {
  checkConvInputs,
  type ConvAttributes,
  type ConvInputs,
  conv,
  convolved,
  decodedPads,
  kernelOf,
} from './conv.js';
import { sum } from './reduce-sum.js';

/** Options of {@link convTranspose}. */
export interface ConvTransposeOptions extends WindowOptions {
  /** Channels fall into this many groups that do not see each other. @defaultValue 1 */
  readonly group?: number;
  /** Elements added at the end of each axis, fewer than its stride or dilation. @defaultValue 0 */
  readonly outputPadding?: PerAxis;
  /** Spatial sizes of the result, in place of `pads`, which then follow (an odd one is taken away before). */
  readonly outputSizes?: PerAxis;
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
  { group = 1, outputPadding = 0, outputSizes, bias, ...window }: ConvTransposeOptions = {},
): Tensor {
  const axes = Math.max(w.rank - 2, 1);
  const output_padding = perAxis(outputPadding, axes, 'ConvTranspose', 'output paddings', 0);
  const kernel = kernelOf(w, 'ConvTranspose');
  const placed =
    outputSizes === undefined
      ? {}
      : { pads: outputSizesPads(x, kernel, outputSizes, output_padding, window) };
  const attributes = {
    ...windowOf({ ...window, ...placed }, axes, 'ConvTranspose', (form, { strides, dilations }) => {
      if (form === 'VALID') return new Array<number>(2 * axes).fill(0);
      const totals = kernel.map(
        (size, i) => reach(size, dilations[i] ?? 1) - (strides[i] ?? 1) + (output_padding[i] ?? 0),
      );
      return sharedOut(refuseNegative(totals), form === 'SAME_UPPER' ? 'after' : 'before');
    }),
    group,
    output_padding,
  };
  return makeTensor(
    convTransposeOperator,
    bias === undefined ? ([x, w] as const) : ([x, w, bias] as const),
    attributes,
  );
}

/** The pads with which the result has the wanted sizes. */
function outputSizesPads(
  x: Tensor,
  kernel: readonly number[],
  outputSizes: PerAxis,
  outputPadding: readonly number[],
  { strides = 1, dilations = 1 }: WindowOptions,
): readonly number[] {
  const axes = kernel.length;
  const sizes = perAxis(outputSizes, axes, 'ConvTranspose', 'output sizes');
  const window = {
    strides: perAxis(strides, axes, 'ConvTranspose', 'strides'),
    dilations: perAxis(dilations, axes, 'ConvTranspose', 'dilations'),
    pads: new Array<number>(2 * axes).fill(0),
  };
  const whole = transposedSizes(x.shape.slice(2), kernel, window, outputPadding, 'ConvTranspose');
  return sharedOut(refuseNegative(whole.map((size, i) => Number(size) - (sizes[i] ?? 0))), 'before');
}

/** Pads are taken away from the result; there is nothing to fill it up with. */
function refuseNegative(totals: readonly number[]): readonly number[] {
  if (totals.every((total) => total >= 0)) return totals;
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${site('ConvTranspose')}: the windows do not reach the wanted size by ${totals.map((n) => Math.max(0, -n)).join(', ')} elements`,
    hint: 'use a larger kernel, or output padding',
  });
}

type ConvTransposeAttributes = ConvAttributes & {
  readonly output_padding: readonly number[];
  /** In files only: it stands for pads. */
  readonly output_shape?: readonly number[];
};

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
  evaluate: (inputs, attributes, output) =>
    convolved(convolveTransposed, inputs, attributes, output, [output.shape, inputs[0].shape]),
  onnx: {
    accepted: { kernel_shape: 'any' },
    attributes: {
      strides: 'ints',
      pads: 'ints',
      dilations: 'ints',
      group: 'int',
      output_padding: 'ints',
      auto_pad: 'string',
      output_shape: 'ints',
    },
    decode: ([x, w, bias], { output_padding = 0, auto_pad, output_shape, ...options }) =>
      convTranspose(x, w, {
        ...options,
        ...decodedPads(auto_pad),
        outputPadding: output_padding,
        ...(output_shape && { outputSizes: output_shape.slice(-(w.rank - 2)) }),
        ...(bias && { bias }),
      }),
  },
});
