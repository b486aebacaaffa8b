import { expand, reshape, type Tensor, transpose } from '@ganymede/tensor';
import type { Book } from './book.js';
import { channelsLast, laid, sameOrder } from './layout.js';
import type { Rule } from './rule.js';

/** An image that lies channels last: `[N, H, W, C]`. */
function image(x: Tensor, book: Book): Tensor | undefined {
  return x.rank === 4 && sameOrder(book.laidOut(x).order, channelsLast(4))
    ? book.get(x, channelsLast(4))
    : undefined;
}

/**
 * Pixel shuffle of an image that lies channels last. One axis at a time: ONNX Runtime moves a single axis several times as fast
 * as it permutes six.
 */
export const depthToSpace: Rule = (node, book) => {
  const [x] = node.inputs;
  const stored = node.operator.name === 'DepthToSpace' && x !== undefined ? image(x, book) : undefined;
  if (stored === undefined) return undefined;
  const { blocksize: block, mode } = node.attributes as { readonly blocksize: number; readonly mode: string };
  const [n = 1, h = 1, w = 1] = stored.shape.map(Number);
  const channels = Number(node.shape[1]);
  const outermost =
    mode === 'CRD' ? transpose(reshape(stored, [n * h * w, channels, block * block]), [0, 2, 1]) : stored;
  const rows = transpose(reshape(outermost, [n * h, w, block, block * channels]), [0, 2, 1, 3]);
  return laid(reshape(rows, [n, h * block, w * block, channels]), channelsLast(4));
};

/** The axes of `[N, C, H, b, W, b]` as the gradient of a pixel shuffle takes them. */
const BLOCKS_TO_DEPTH = '0,1,3,5,2,4';

/** The gradient of a pixel shuffle, which is written as a transpose of six axes: again one axis at a time. */
export const shuffleGradient: Rule = (node, book) => {
  const [turned] = node.inputs;
  const [split] = turned?.inputs ?? [];
  const [x] = split?.inputs ?? [];
  if (node.operator.name !== 'Reshape' || turned?.operator.name !== 'Transpose') return undefined;
  if (split?.operator.name !== 'Reshape' || x === undefined || split.rank !== 6) return undefined;
  const [n = 1, c = 1, h = 1, b = 1, w = 1, other = 1] = split.shape.map(Number);
  if (String(turned.attributes.perm) !== BLOCKS_TO_DEPTH || b !== other) return undefined;
  const shapes = [x.shape, node.shape].map(String);
  if (shapes[0] !== `${n},${c},${h * b},${w * b}` || shapes[1] !== `${n},${c * b * b},${h},${w}`)
    return undefined;
  const stored = image(x, book);
  if (stored === undefined) return undefined;
  const blocks = transpose(reshape(stored, [n * h, b, w, b * c]), [0, 2, 1, 3]);
  const depth = transpose(reshape(blocks, [n * h * w, b * b, c]), [0, 2, 1]);
  return laid(reshape(depth, [n, h, w, c * b * b]), channelsLast(4));
};

/** Pixels repeated a whole number of times, of an image that lies channels last. */
export const repetition: Rule = (node, book) => {
  const [x] = node.inputs;
  if (node.operator.name !== 'Resize' || x === undefined) return undefined;
  const {
    mode,
    scales,
    coordinate_transformation_mode: coordinates,
    nearest_mode: rounding,
  } = node.attributes;
  const exact = mode === 'nearest' && coordinates === 'asymmetric' && rounding === 'floor';
  const stored = exact ? image(x, book) : undefined;
  if (stored === undefined || !Array.isArray(scales)) return undefined;
  const [n = 1, h = 1, w = 1, c = 1] = stored.shape.map(Number);
  const [high = 1, wide = 1] = node.shape.slice(2).map((d, i) => Number(d) / (i === 0 ? h : w));
  if (!Number.isInteger(high) || !Number.isInteger(wide)) return undefined;
  const repeated = expand(reshape(stored, [n, h, 1, w, 1, c]), [n, h, high, w, wide, c]);
  return laid(reshape(repeated, [n, h * high, w * wide, c]), channelsLast(4));
};
