import { GanymedeError } from '../error.js';
import { readStrided, stridesOf } from '../kernels/strided.js';
import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { formatShape, productOf, quotientOf } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { depthToSpace } from './depth-to-space.js';

/**
 * Moves blocks of space into channels: `[N, C, H*b, W*b]` becomes `[N, b*b*C, H, W]`, depth outermost.
 *
 * Rank 4 and divisible sizes (`GANYMEDE_SHAPE`). ONNX:
 * [SpaceToDepth-13](https://onnx.ai/onnx/operators/onnx__SpaceToDepth.html).
 */
export function spaceToDepth(x: Tensor, block: number): Tensor {
  return makeTensor(spaceToDepthOperator, [x], { blocksize: block });
}

export const spaceToDepthOperator = defineOperator<{ readonly blocksize: number }, Unary>({
  name: 'SpaceToDepth',
  infer: ([x], { blocksize: b }) => {
    const [n = 1, c = 1, ...spatial] = x.shape;
    const [h, w] = spatial.map((d) => quotientOf(d, b));
    if (x.rank !== 4 || h === undefined || w === undefined) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('SpaceToDepth')}: ${formatShape(x.shape)} does not fit blocks of ${b} x ${b}`,
        hint: 'the input is [N, C, H, W], and H and W are divisible by the block size',
      });
    }
    return { dtype: x.dtype, shape: [n, productOf([c, b * b]), h, w] };
  },
  gradient: (g, _, __, { blocksize }) => [depthToSpace(g, blocksize, 'DCR')],
  evaluate: ([x], { blocksize: b }, output) => {
    const [n = 1, c = 1] = x.shape;
    const [h = 1, w = 1] = output.shape.slice(2);
    const blocks = stridesOf([n, c, h, b, w, b]);
    const order = [0, 3, 5, 1, 2, 4];
    return readStrided(x, { strides: order.map((axis) => blocks[axis] ?? 0), shape: [n, b, b, c, h, w] });
  },
  onnx: { attributes: { blocksize: 'int' } },
});
