import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { add } from './add.js';
import { div } from './div.js';
import { greater } from './greater.js';
import { less } from './less.js';
import { mul } from './mul.js';
import { where } from './where.js';
import { inferFloating } from './families/elementwise.js';

/**
 * x * clip(x / 6 + 1/2, 0, 1) of each element (Howard et al., 2019, MobileNetV3).
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). The derivative at -3 and 3 is the one between them. ONNX:
 * [HardSwish-14](https://onnx.ai/onnx/operators/onnx__HardSwish.html).
 */
export function hardSwish(x: Tensor): Tensor {
  return makeTensor(hardSwishOperator, [x], {});
}

export const hardSwishOperator = defineOperator<NoAttributes, Unary>({
  name: 'HardSwish',
  infer: ([x]) => inferFloating('HardSwish', x),
  gradient: (g, _, [x]) => [where(less(x, -3), 0, where(greater(x, 3), g, mul(g, add(div(x, 3), 0.5))))],
  evaluate: ([x], _, output) => mapUnary((v) => v * Math.min(Math.max(v / 6 + 0.5, 0), 1), x, output),
  onnx: {},
});
