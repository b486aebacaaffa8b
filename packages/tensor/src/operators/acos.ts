import { mapUnary } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { div } from './div.js';
import { mul } from './mul.js';
import { neg } from './neg.js';
import { sqrt } from './sqrt.js';
import { sub } from './sub.js';
import { inferFloating } from './families/elementwise.js';

/**
 * Arccosine of each element, in radians from 0 to pi; NaN outside [-1, 1].
 *
 * Any shape, float32 or float64 (`GANYMEDE_DTYPE`). The derivative is infinite at -1 and 1. ONNX:
 * [Acos-7](https://onnx.ai/onnx/operators/onnx__Acos.html).
 */
export function acos(x: Tensor): Tensor {
  return makeTensor(acosOperator, [x], {});
}

export const acosOperator = defineOperator<NoAttributes, Unary>({
  name: 'Acos',
  infer: ([x]) => inferFloating('Acos', x),
  gradient: (g, _, [x]) => [neg(div(g, sqrt(sub(1, mul(x, x)))))],
  evaluate: ([x], _, output) => mapUnary(Math.acos, x, output),
  onnx: {},
});
