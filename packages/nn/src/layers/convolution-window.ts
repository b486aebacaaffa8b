import { GanymedeError } from '@ganymede/tensor';
import { glorotUniform } from '../initializers/glorot.js';
import type { Initializer } from '../initializers/initializer.js';
import { requireCount } from './argument.js';
import { type Padding, perDirection } from './padding.js';

/** Options of convolutions of every rank; `Sizes` is a number for all directions, or one for each. */
export interface ConvolutionOptions<Sizes> {
  /** Size of the kernel. */
  readonly kernel: Sizes;
  /** @defaultValue 1 */
  readonly stride?: Sizes;
  /** @defaultValue 'same': the output is ⌈input / stride⌉, transposed input · stride */
  readonly padding?: Padding;
  /** Distance of neighbouring kernel elements. @defaultValue 1 */
  readonly dilation?: Sizes;
  /** Channels and filters fall into this many groups that do not see each other. @defaultValue 1 */
  readonly groups?: number;
  /** @defaultValue true; leave it out before batchNorm, which has one */
  readonly bias?: boolean;
  /** @defaultValue glorotUniform() */
  readonly kernelInit?: Initializer;
  /** Every element of the bias at first. @defaultValue 0 */
  readonly biasInit?: number;
}

/** Dimensions of the input by the number of spatial directions. */
const layouts = {
  1: '[batch, channels, length]',
  2: '[batch, channels, height, width]',
  3: '[batch, channels, depth, height, width]',
} as const;

export type Directions = keyof typeof layouts;

/** A convolution's options with every entry written out, one number per direction. */
export interface ConvolutionWindow {
  /** Name of the layer in messages. */
  readonly layer: string;
  readonly layout: string;
  readonly filters: number;
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Elements from the first to the last that the kernel touches. */
  readonly reaches: readonly number[];
  /** Elements of the kernel for one pair of channels. */
  readonly taps: number;
  readonly padding: Padding;
  readonly groups: number;
  readonly bias: boolean;
  readonly kernelInit: Initializer;
  readonly biasInit: number;
}

/** Throws `GANYMEDE_OPTION` for sizes that are no whole numbers of at least 1, and for groups that do not divide the filters. */
export function convolutionWindow(
  layer: string,
  directions: Directions,
  filters: number,
  {
    kernel,
    stride = 1,
    dilation = 1,
    padding = 'same',
    groups = 1,
    bias = true,
    kernelInit = glorotUniform(),
    biasInit = 0,
  }: ConvolutionOptions<number | readonly number[]>,
): ConvolutionWindow {
  requireCount(layer, 'filters', filters);
  requireCount(layer, 'groups', groups);
  const sizes = (what: string, given: number | readonly number[]): readonly number[] => {
    const list = perDirection(given, directions);
    for (const size of list) requireCount(layer, what, size);
    if (list.length === directions) return list;
    throw new GanymedeError('GANYMEDE_OPTION', {
      message: `${layer}: ${what} must be a number or ${directions} of them, received [${list.join(', ')}]`,
      data: { layer, option: what },
    });
  };
  if (filters % groups !== 0) {
    throw new GanymedeError('GANYMEDE_OPTION', {
      message: `${layer}: groups must divide the ${filters} filters, received ${groups}`,
      data: { layer, option: 'groups' },
    });
  }
  const kernels = sizes('kernel', kernel);
  const dilations = sizes('dilation', dilation);
  return {
    layer,
    layout: layouts[directions],
    filters,
    kernel: kernels,
    strides: sizes('stride', stride),
    dilations,
    reaches: kernels.map((k, i) => (k - 1) * (dilations[i] as number) + 1),
    taps: kernels.reduce((product, k) => product * k, 1),
    padding,
    groups,
    bias,
    kernelInit,
    biasInit,
  };
}
