import { GanymedeError } from '../error.js';
import { readStrided, stridesOf } from '../kernels/strided.js';
import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { type Dim, formatShape, productOf, quotientOf } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { reshape } from './reshape.js';
import { spaceToDepth } from './space-to-depth.js';
import { transpose } from './transpose.js';

/**
 * Moves blocks of channels into space: `[N, C*b*b, H, W]` becomes `[N, C, H*b, W*b]` (pixel shuffle).
 *
 * `order` says how the channels are numbered: `DCR` depth outermost (TensorFlow), `CRD` channel outermost (PyTorch's
 * PixelShuffle). Rank 4 and divisible channels (`GANYMEDE_SHAPE`). ONNX:
 * [DepthToSpace-13](https://onnx.ai/onnx/operators/onnx__DepthToSpace.html).
 */
export function depthToSpace(x: Tensor, block: number, order: 'DCR' | 'CRD' = 'DCR'): Tensor {
  return makeTensor(depthToSpaceOperator, [x], { blocksize: block, mode: order });
}

type DepthToSpaceAttributes = { readonly blocksize: number; readonly mode: 'DCR' | 'CRD' };

export const depthToSpaceOperator = defineOperator<DepthToSpaceAttributes, Unary>({
  name: 'DepthToSpace',
  infer: ([x], { blocksize: b }) => {
    const [n = 1, c = 1, h = 1, w = 1] = x.shape;
    const channels = quotientOf(c, b * b);
    if (x.rank !== 4 || channels === undefined) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('DepthToSpace')}: ${formatShape(x.shape)} does not fit blocks of ${b} x ${b}`,
        hint: 'the input is [N, C, H, W], and C is divisible by the square of the block size',
      });
    }
    return { dtype: x.dtype, shape: [n, channels, productOf([h, b]), productOf([w, b])] };
  },
  gradient: (g, _, [x], { blocksize: b, mode }) => {
    if (mode === 'DCR') return [spaceToDepth(g, b)];
    const [n = 1, c = 1] = g.shape;
    const [h = 1, w = 1] = x.shape.slice(2);
    const blocks: readonly Dim[] = [n, c, h, b, w, b];
    return [reshape(transpose(reshape(g, blocks), [0, 1, 3, 5, 2, 4]), x.shape)];
  },
  evaluate: ([x], { blocksize: b, mode }, output) => {
    const [n = 1, c = 1] = output.shape;
    const [h = 1, w = 1] = x.shape.slice(2);
    const depth = stridesOf(mode === 'DCR' ? [n, b, b, c, h, w] : [n, c, b, b, h, w]);
    // Axes of the result split into blocks, n c h b w b, as axes of the source.
    const order = mode === 'DCR' ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3];
    return readStrided(x, { strides: order.map((axis) => depth[axis] ?? 0), shape: [n, c, h, b, w, b] });
  },
  onnx: { attributes: { blocksize: 'int', mode: 'string' }, defaults: { mode: 'DCR' } },
});
