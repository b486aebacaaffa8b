import { GanymedeError } from '../error.js';
import { unbroadcast } from '../gradient/unbroadcast.js';
import { mapBinary } from '../kernels/elementwise.js';
import { type Binary, defineOperator, type NoAttributes } from '../operator.js';
import { site } from '../scope.js';
import { broadcastShapes, formatShape, sameShape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { greater } from './greater.js';
import { mul } from './mul.js';
import { where } from './where.js';
import { requireFloating, requireSameDtype, sameType } from './families/elementwise.js';

/**
 * Each element if positive, else `slope` times it, where the slope is a tensor that is learned (He et al., 2015). The
 * derivative at 0 is taken as the slope.
 *
 * The slope broadcasts to `x`, such as `[C, 1, 1]` to an image (`GANYMEDE_SHAPE`); one dtype, float32 or float64
 * (`GANYMEDE_DTYPE`). ONNX: [PRelu-16](https://onnx.ai/onnx/operators/onnx__PRelu.html).
 */
export function prelu(x: Tensor, slope: Tensor): Tensor {
  return makeTensor(preluOperator, [x, slope], {});
}

export const preluOperator = defineOperator<NoAttributes, Binary>({
  name: 'PRelu',
  infer: ([x, slope]) => {
    requireFloating('PRelu', x, slope);
    requireSameDtype('PRelu', x, slope);
    if (!sameShape(broadcastShapes(x.shape, slope.shape, site('PRelu')), x.shape)) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('PRelu')}: a slope of shape ${formatShape(slope.shape)} does not broadcast to ${formatShape(x.shape)}`,
        hint: 'one slope per channel of an image has shape [C, 1, 1]',
      });
    }
    return sameType(x);
  },
  gradient: (g, _, [x, slope]) => [
    () => where(greater(x, 0), g, mul(g, slope)),
    () => unbroadcast(where(greater(x, 0), 0, mul(g, x)), slope),
  ],
  evaluate: ([x, slope], _, output) => mapBinary((v, s) => (v < 0 ? s * v : v), x, slope, output),
  onnx: {},
});
